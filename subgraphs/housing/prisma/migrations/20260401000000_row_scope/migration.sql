-- Homes, tenancies, estates, votes and hazards say who lives there, where that is and who handles them; votes have ballots.
-- What is there was made up by the seeds "property" and "dwellings" and cannot say it: "estates" and "homes" make it anew.
TRUNCATE "building", "housing_unit", "tenancy", "property_company", "property_project", "owners_committee", "owners_vote",
  "safety_inspection", "renovation", "idle_premises";

-- CreateEnum
CREATE TYPE "OwnersBallotChoice" AS ENUM ('IN_FAVOUR', 'AGAINST', 'ABSTAINED');

-- CreateTable
CREATE TABLE "owners_ballot" (
    "id" TEXT NOT NULL,
    "vote_id" TEXT NOT NULL,
    "choice" "OwnersBallotChoice" NOT NULL,
    "cast_on" DATE NOT NULL,

    CONSTRAINT "owners_ballot_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "housing_unit" ADD COLUMN "occupants" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "tenancy" ADD COLUMN "community_code" TEXT NOT NULL,
ADD COLUMN "occupants" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "property_project" ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "owners_vote" ADD COLUMN "community_code" TEXT NOT NULL,
ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "safety_inspection" ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateIndex
CREATE INDEX "owners_ballot_vote_id_id_idx" ON "owners_ballot"("vote_id", "id");

-- CreateIndex
CREATE INDEX "property_project_handlers_idx" ON "property_project" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "safety_inspection_handlers_idx" ON "safety_inspection" USING GIN ("handlers");
