-- Rows about residents say who handles them, and whom and where they are about.
-- What is there was made up by the seed "residents" and cannot say it: the seed "people" makes it anew.
TRUNCATE "household", "resident", "appeal", "service_case";

-- CreateEnum
CREATE TYPE "ChildProtectionKind" AS ENUM ('LACK_OF_CARE', 'DOMESTIC_VIOLENCE', 'ABUSE', 'OTHER');

-- CreateEnum
CREATE TYPE "ChildProtectionState" AS ENUM ('REPORTED', 'ASSESSING', 'PROTECTED', 'CLOSED');

-- AlterTable
ALTER TABLE "household" ADD COLUMN "member_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "resident" ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "appeal" ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "service_case" ADD COLUMN "community_code" TEXT NOT NULL,
ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "child_protection_report" (
    "id" TEXT NOT NULL,
    "child_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "kind" "ChildProtectionKind" NOT NULL,
    "summary" TEXT NOT NULL,
    "reporter" TEXT,
    "reported_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "ChildProtectionState" NOT NULL,
    "guardian_suspended" BOOLEAN NOT NULL,
    "minor_until" DATE,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "child_protection_report_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "household_member_ids_idx" ON "household" USING GIN ("member_ids");

-- CreateIndex
CREATE INDEX "household_handlers_idx" ON "household" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "resident_handlers_idx" ON "resident" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "appeal_handlers_idx" ON "appeal" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "service_case_community_code_id_idx" ON "service_case"("community_code", "id");

-- CreateIndex
CREATE INDEX "service_case_handlers_idx" ON "service_case" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "child_protection_report_community_code_id_idx" ON "child_protection_report"("community_code", "id");

-- CreateIndex
CREATE INDEX "child_protection_report_child_id_id_idx" ON "child_protection_report"("child_id", "id");

-- CreateIndex
CREATE INDEX "child_protection_report_handlers_idx" ON "child_protection_report" USING GIN ("handlers");
