-- CreateEnum
CREATE TYPE "HardshipState" AS ENUM ('NEW', 'TAKEN', 'CONFIRMED', 'DISMISSED');

-- CreateEnum
CREATE TYPE "HardshipUrgency" AS ENUM ('NORMAL', 'RAISED', 'URGENT');

-- CreateEnum
CREATE TYPE "HardshipSource" AS ENUM ('RESIDENT', 'COMMUNITY', 'GRID', 'HEALTH', 'HOUSING', 'EDUCATION', 'DATA_MATCH');

-- CreateEnum
CREATE TYPE "HardshipReason" AS ENUM ('LIVING', 'ILLNESS', 'LACK_OF_CARE', 'UNEMPLOYMENT', 'HOUSING', 'CHILD', 'HOMELESS', 'OTHER');

-- CreateTable
CREATE TABLE "hardship_lead" (
    "id" TEXT NOT NULL,
    "state" "HardshipState" NOT NULL,
    "urgency" "HardshipUrgency" NOT NULL,
    "community_code" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "resident_id" TEXT,
    "case_id" TEXT,
    "outcome" TEXT,
    "open_key" TEXT,
    "minor_until" DATE,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "hardship_lead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hardship_signal" (
    "lead_id" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "source" "HardshipSource" NOT NULL,
    "reason" "HardshipReason" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "detail" TEXT,

    CONSTRAINT "hardship_signal_pkey" PRIMARY KEY ("lead_id","no")
);

-- CreateIndex
CREATE UNIQUE INDEX "hardship_lead_open_key_key" ON "hardship_lead"("open_key");

-- CreateIndex
CREATE INDEX "hardship_lead_community_code_id_idx" ON "hardship_lead"("community_code", "id");

-- CreateIndex
CREATE INDEX "hardship_lead_state_community_code_idx" ON "hardship_lead"("state", "community_code");

-- CreateIndex
CREATE INDEX "hardship_lead_urgency_community_code_idx" ON "hardship_lead"("urgency", "community_code");

-- CreateIndex
CREATE INDEX "hardship_lead_resident_id_idx" ON "hardship_lead"("resident_id");

-- CreateIndex
CREATE INDEX "hardship_lead_handlers_idx" ON "hardship_lead" USING GIN ("handlers");
