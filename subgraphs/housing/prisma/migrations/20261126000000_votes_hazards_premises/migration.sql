-- What the estates' registers say of a building. What is there was made up by its year and height; so are these.
ALTER TABLE "building" ADD COLUMN "lifts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "accessible" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "piped_gas" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "service_area_m2" INTEGER NOT NULL DEFAULT 0;

UPDATE "building" SET
  "lifts" = CASE WHEN "floors" >= 7 THEN 2 WHEN "year_built" >= 2015 THEN 1 ELSE 0 END,
  "accessible" = "year_built" >= 2012,
  "piped_gas" = "year_built" >= 1998,
  "service_area_m2" = CASE WHEN right("code", 5)::int % 10 = 1 THEN "area_m2" / 20 ELSE 0 END;

-- Satisfaction comes from owners' ratings, which have tables of their own.
ALTER TABLE "property_project" DROP COLUMN "satisfaction";
ALTER TABLE "owners_committee" DROP COLUMN "satisfaction";

-- Votes have options, a roll and receipts.
CREATE TYPE "OwnersVoteKind" AS ENUM ('MOTION', 'SELECTION');
CREATE TYPE "OwnersVoteMajority" AS ENUM ('ORDINARY', 'MAJOR');

ALTER TABLE "owners_vote" ADD COLUMN "kind" "OwnersVoteKind" NOT NULL DEFAULT 'MOTION',
ADD COLUMN "majority" "OwnersVoteMajority" NOT NULL DEFAULT 'ORDINARY',
ADD COLUMN "options" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "eligible_area_m2" INTEGER,
ADD COLUMN "voted" INTEGER,
ADD COLUMN "voted_area_m2" INTEGER,
ADD COLUMN "tally" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
ADD COLUMN "chosen" INTEGER,
ADD COLUMN "buildings" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

UPDATE "owners_vote" SET "options" = ARRAY['赞成', '反对', '弃权'];
UPDATE "owners_vote" SET "tally" = ARRAY["in_favour", "against", "abstained"],
  "voted" = "in_favour" + "against" + "abstained",
  "chosen" = CASE WHEN "state" = 'PASSED' THEN 1 END
WHERE "in_favour" IS NOT NULL;
UPDATE "owners_vote" v SET "voted" = 0, "voted_area_m2" = 0, "eligible_area_m2" = homes.area
FROM (SELECT b."project_id", sum(u."area_m2")::int AS area
      FROM "housing_unit" u JOIN "building" b ON b."code" = u."building_code" GROUP BY 1) homes
WHERE v."state" = 'OPEN' AND homes."project_id" = v."project_id";

ALTER TABLE "owners_vote" DROP COLUMN "in_favour", DROP COLUMN "against", DROP COLUMN "abstained";

-- A ballot keeps no day: together with who voted when, a day could lead to a voter.
DROP INDEX "owners_ballot_vote_id_id_idx";
ALTER TABLE "owners_ballot" ADD COLUMN "option" INTEGER NOT NULL DEFAULT 1;
UPDATE "owners_ballot" SET
  "option" = CASE "choice" WHEN 'IN_FAVOUR' THEN 1 WHEN 'AGAINST' THEN 2 ELSE 3 END,
  "id" = encode(sha256(convert_to("vote_id" || ':' || "id", 'UTF8')), 'hex');
ALTER TABLE "owners_ballot" ALTER COLUMN "option" DROP DEFAULT, DROP COLUMN "choice", DROP COLUMN "cast_on";
ALTER TABLE "owners_ballot" RENAME COLUMN "id" TO "receipt";
DROP TYPE "OwnersBallotChoice";

-- Hazards have a course.
CREATE TYPE "HazardState" AS ENUM ('REPORTED', 'OPEN', 'FIXED', 'CLOSED', 'REJECTED');

ALTER TABLE "safety_inspection" ADD COLUMN "state" "HazardState" NOT NULL DEFAULT 'OPEN',
ADD COLUMN "overdue_since" DATE,
ADD COLUMN "round_id" TEXT,
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

UPDATE "safety_inspection" SET "state" = 'CLOSED' WHERE "fixed_on" IS NOT NULL;
UPDATE "safety_inspection" SET "overdue_since" = "due_on" + 1 WHERE "fixed_on" IS NULL AND "due_on" < '2025-06-30';

ALTER TYPE "RenovationKind" ADD VALUE 'PUBLIC_SPACE';
ALTER TABLE "renovation" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- Idle premises are put to use.
CREATE TYPE "IdlePremisesState" AS ENUM ('AVAILABLE', 'ASSIGNED');

ALTER TABLE "idle_premises" ADD COLUMN "state" "IdlePremisesState" NOT NULL DEFAULT 'AVAILABLE',
ADD COLUMN "assigned_use" "IdlePremisesUse",
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

CREATE INDEX "owners_vote_community_code_id_idx" ON "owners_vote"("community_code", "id");
CREATE INDEX "owners_vote_state_id_idx" ON "owners_vote"("state", "id");
CREATE INDEX "owners_ballot_vote_id_receipt_idx" ON "owners_ballot"("vote_id", "receipt");
CREATE INDEX "safety_inspection_round_id_id_idx" ON "safety_inspection"("round_id", "id");
CREATE INDEX "safety_inspection_state_due_on_idx" ON "safety_inspection"("state", "due_on");
CREATE INDEX "renovation_state_id_idx" ON "renovation"("state", "id");
CREATE INDEX "idle_premises_state_id_idx" ON "idle_premises"("state", "id");
CREATE INDEX "idle_premises_suggested_use_id_idx" ON "idle_premises"("suggested_use", "id");
CREATE UNIQUE INDEX "idle_premises_building_code_location_key" ON "idle_premises"("building_code", "location");
