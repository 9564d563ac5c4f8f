-- Rows about a resident say where the resident lives, who handles them, and until when the resident is under 14.
-- What is there was made up by the seed "residents" and cannot say it: the seed "patients" makes it anew.
TRUNCATE "family_doctor_contract", "health_record", "vaccination", "health_appointment", "mental_health_referral";

-- AlterTable
ALTER TABLE "family_doctor_contract" ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "minor_until" DATE;

-- AlterTable
ALTER TABLE "health_record" ADD COLUMN "community_code" TEXT NOT NULL,
ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "minor_until" DATE;

-- AlterTable
ALTER TABLE "vaccination" ADD COLUMN "community_code" TEXT NOT NULL,
ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "minor_until" DATE;

-- AlterTable
ALTER TABLE "health_appointment" ADD COLUMN "community_code" TEXT NOT NULL,
ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "minor_until" DATE;

-- AlterTable
ALTER TABLE "mental_health_referral" ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "minor_until" DATE;

-- CreateIndex
CREATE INDEX "family_doctor_contract_handlers_idx" ON "family_doctor_contract" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "mental_health_referral_handlers_idx" ON "mental_health_referral" USING GIN ("handlers");
