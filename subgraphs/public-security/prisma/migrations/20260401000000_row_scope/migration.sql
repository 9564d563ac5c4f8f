-- The population register says who handles a row, where it belongs, and until when it is about a minor.
-- What is there was made up by the seed "registrations" and cannot say it: the seed "register" makes it anew.
TRUNCATE "population_registration", "residence_permit";

-- CreateEnum
CREATE TYPE "IncidentKind" AS ENUM ('DISPUTE', 'THEFT', 'FRAUD', 'TRAFFIC', 'DOMESTIC_VIOLENCE', 'MISSING_PERSON');

-- CreateEnum
CREATE TYPE "IncidentState" AS ENUM ('RECEIVED', 'HANDLING', 'CLOSED');

-- CreateEnum
CREATE TYPE "CorrectionKind" AS ENUM ('COMMUNITY_CORRECTION', 'DRUG_REHABILITATION', 'DRUG_RECOVERY');

-- AlterTable
ALTER TABLE "population_registration" ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "minor_until" DATE;

-- AlterTable
ALTER TABLE "residence_permit" ADD COLUMN "community_code" TEXT NOT NULL,
ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "minor_until" DATE;

-- CreateTable
CREATE TABLE "incident" (
    "id" TEXT NOT NULL,
    "kind" "IncidentKind" NOT NULL,
    "state" "IncidentState" NOT NULL,
    "reported_at" TIMESTAMPTZ(3) NOT NULL,
    "location" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "party_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "minor_until" DATE,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "correction_case" (
    "id" TEXT NOT NULL,
    "kind" "CorrectionKind" NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "person_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "minor_until" DATE,

    CONSTRAINT "correction_case_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "population_registration_handlers_idx" ON "population_registration" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "residence_permit_community_code_no_idx" ON "residence_permit"("community_code", "no");

-- CreateIndex
CREATE INDEX "residence_permit_handlers_idx" ON "residence_permit" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "incident_community_code_id_idx" ON "incident"("community_code", "id");

-- CreateIndex
CREATE INDEX "incident_party_ids_idx" ON "incident" USING GIN ("party_ids");

-- CreateIndex
CREATE INDEX "incident_handlers_idx" ON "incident" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "correction_case_community_code_id_idx" ON "correction_case"("community_code", "id");

-- CreateIndex
CREATE INDEX "correction_case_person_id_id_idx" ON "correction_case"("person_id", "id");

-- CreateIndex
CREATE INDEX "correction_case_handlers_idx" ON "correction_case" USING GIN ("handlers");
