-- CreateEnum
CREATE TYPE "ServiceItemKind" AS ENUM ('SERVICE', 'PROOF');

-- CreateEnum
CREATE TYPE "ServiceAdmission" AS ENUM ('ADMITTED', 'REMOVED');

-- CreateEnum
CREATE TYPE "ServiceChannel" AS ENUM ('ONLINE', 'WINDOW', 'KIOSK', 'HOME', 'ASSISTED');

-- CreateEnum
CREATE TYPE "ServiceOutcome" AS ENUM ('APPROVED', 'REJECTED');

-- CreateEnum
CREATE TYPE "MaterialSource" AS ENUM ('LICENCE', 'SUBMITTED', 'PROMISED', 'MISSING');

-- CreateEnum
CREATE TYPE "RatingGrade" AS ENUM ('VERY_SATISFIED', 'SATISFIED', 'BASICALLY_SATISFIED', 'DISSATISFIED', 'VERY_DISSATISFIED');

-- CreateEnum
CREATE TYPE "FollowUpState" AS ENUM ('NOT_NEEDED', 'PENDING', 'DONE');

-- AlterEnum
ALTER TYPE "ServiceCaseState" ADD VALUE 'WITHDRAWN';

-- CreateTable
CREATE TABLE "course_step" (
    "id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "actor" TEXT,
    "note" TEXT,

    CONSTRAINT "course_step_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "service_item" ADD COLUMN "kind" "ServiceItemKind" NOT NULL DEFAULT 'SERVICE',
ADD COLUMN "channels" "ServiceChannel"[] DEFAULT ARRAY['ONLINE', 'WINDOW', 'KIOSK', 'HOME', 'ASSISTED']::"ServiceChannel"[],
ADD COLUMN "admission" "ServiceAdmission" NOT NULL DEFAULT 'ADMITTED',
ADD COLUMN "replacement" TEXT,
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "service_material" (
    "id" TEXT NOT NULL,
    "item_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "required" BOOLEAN NOT NULL,
    "licence_kind" "LicenceKind",

    CONSTRAINT "service_material_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_condition" (
    "id" TEXT NOT NULL,
    "item_code" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "service_condition_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "service_case" ADD COLUMN "channel" "ServiceChannel" NOT NULL DEFAULT 'ONLINE',
ADD COLUMN "accepted_at" TIMESTAMPTZ(3),
ADD COLUMN "due_on" DATE,
ADD COLUMN "paused_on" DATE,
ADD COLUMN "decided_at" TIMESTAMPTZ(3),
ADD COLUMN "outcome" "ServiceOutcome",
ADD COLUMN "reply" TEXT,
ADD COLUMN "minor_until" DATE,
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "service_case_material" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "material_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "source" "MaterialSource" NOT NULL,
    "licence_id" TEXT,
    "document" TEXT,

    CONSTRAINT "service_case_material_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_rating" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "item_code" TEXT NOT NULL,
    "applicant_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "grade" "RatingGrade" NOT NULL,
    "comment" TEXT,
    "rated_at" TIMESTAMPTZ(3) NOT NULL,
    "follow_up" "FollowUpState" NOT NULL,
    "follow_up_note" TEXT,
    "followed_up_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "service_rating_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "course_step_subject_id_idx" ON "course_step"("subject", "id");

-- CreateIndex
CREATE INDEX "service_material_item_code_id_idx" ON "service_material"("item_code", "id");

-- CreateIndex
CREATE INDEX "service_case_item_code_idx" ON "service_case"("item_code");

-- CreateIndex
CREATE INDEX "service_case_material_case_id_id_idx" ON "service_case_material"("case_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "service_rating_case_id_key" ON "service_rating"("case_id");

-- CreateIndex
CREATE INDEX "service_rating_community_code_id_idx" ON "service_rating"("community_code", "id");

-- CreateIndex
CREATE INDEX "service_rating_applicant_id_id_idx" ON "service_rating"("applicant_id", "id");

-- CreateIndex
CREATE INDEX "service_condition_item_code_id_idx" ON "service_condition"("item_code", "id");

-- What happened is never changed: what is wrong is corrected by a further entry.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME;
END $$;

CREATE TRIGGER course_step_append_only BEFORE UPDATE OR DELETE ON "course_step"
FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Cases that are there begin their course with the state that they are in.
INSERT INTO "course_step" ("id", "subject", "at", "state")
SELECT 'case:' || "id" || '#001', 'case:' || "id", "applied_at", "state"::text FROM "service_case";

UPDATE "service_case" SET "accepted_at" = "applied_at" WHERE "state" IN ('HANDLING', 'DECIDED');

UPDATE "service_case" SET "decided_at" = "applied_at" + interval '5 days', "outcome" = 'APPROVED' WHERE "state" = 'DECIDED';
