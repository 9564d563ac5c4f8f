-- CreateEnum
CREATE TYPE "WelfareKind" AS ENUM ('MINIMUM_LIVING', 'EXTREME_POVERTY', 'TEMPORARY', 'DISABILITY', 'CHILD_IN_DIFFICULTY', 'LEFT_BEHIND_CHILD', 'HOMELESS', 'VETERAN_IN_DIFFICULTY');

-- CreateEnum
CREATE TYPE "WelfareState" AS ENUM ('APPLIED', 'REFERRED', 'VERIFIED', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'ENDED');

-- CreateEnum
CREATE TYPE "WelfareSource" AS ENUM ('APPLICATION', 'REFERRAL', 'DISCOVERY');

-- CreateEnum
CREATE TYPE "AidForm" AS ENUM ('CASH', 'GOODS', 'SERVICE');

-- CreateEnum
CREATE TYPE "WelfareAction" AS ENUM ('APPLIED', 'REFERRED', 'VERIFIED', 'DECIDED', 'PAID', 'REVIEWED', 'WITHDRAWN', 'ENDED');

-- CreateTable
CREATE TABLE "welfare_case" (
    "id" TEXT NOT NULL,
    "kind" "WelfareKind" NOT NULL,
    "state" "WelfareState" NOT NULL,
    "applicant_id" TEXT NOT NULL,
    "household_id" TEXT NOT NULL,
    "member_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "community_code" TEXT NOT NULL,
    "found_by" "WelfareSource" NOT NULL,
    "applied_at" TIMESTAMPTZ(3) NOT NULL,
    "situation" TEXT NOT NULL,
    "monthly_income" INTEGER,
    "forms" "AidForm"[] DEFAULT ARRAY[]::"AidForm"[],
    "amount" INTEGER,
    "review_due" DATE,
    "verified_by" TEXT,
    "minor_until" DATE,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "welfare_case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "welfare_step" (
    "case_id" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "action" "WelfareAction" NOT NULL,
    "state" "WelfareState" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT,
    "note" TEXT,

    CONSTRAINT "welfare_step_pkey" PRIMARY KEY ("case_id","no")
);

-- CreateTable
CREATE TABLE "welfare_payment" (
    "case_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "form" "AidForm" NOT NULL,
    "amount" INTEGER NOT NULL,
    "paid_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "welfare_payment_pkey" PRIMARY KEY ("case_id","month")
);

-- CreateTable
CREATE TABLE "welfare_cover" (
    "resident_id" TEXT NOT NULL,
    "kind" "WelfareKind" NOT NULL,
    "case_id" TEXT NOT NULL,

    CONSTRAINT "welfare_cover_pkey" PRIMARY KEY ("resident_id","kind")
);

-- CreateIndex
CREATE INDEX "welfare_case_community_code_id_idx" ON "welfare_case"("community_code", "id");

-- CreateIndex
CREATE INDEX "welfare_case_state_community_code_idx" ON "welfare_case"("state", "community_code");

-- CreateIndex
CREATE INDEX "welfare_case_kind_community_code_idx" ON "welfare_case"("kind", "community_code");

-- CreateIndex
CREATE INDEX "welfare_case_member_ids_idx" ON "welfare_case" USING GIN ("member_ids");

-- CreateIndex
CREATE INDEX "welfare_case_handlers_idx" ON "welfare_case" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "welfare_cover_case_id_idx" ON "welfare_cover"("case_id");
