-- A report may come before anybody knows which child it is about.
ALTER TABLE "child_protection_report" ALTER COLUMN "child_id" DROP NOT NULL,
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- CreateEnum
CREATE TYPE "ChildProtectionAction" AS ENUM ('REPORTED', 'ASSESSED', 'PROTECTED', 'GUARDIAN_SUSPENDED', 'GUARDIAN_RESTORED', 'CLOSED');

-- CreateTable
CREATE TABLE "child_protection_step" (
    "report_id" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "action" "ChildProtectionAction" NOT NULL,
    "state" "ChildProtectionState" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT,
    "note" TEXT,

    CONSTRAINT "child_protection_step_pkey" PRIMARY KEY ("report_id","no")
);

-- CreateIndex
CREATE INDEX "child_protection_report_state_community_code_idx" ON "child_protection_report"("state", "community_code");
