-- CreateEnum
CREATE TYPE "MicroWishState" AS ENUM ('OPEN', 'CLAIMED', 'DONE', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "DonationKind" AS ENUM ('MONEY', 'CLOTHES', 'BOOKS', 'FOOD', 'HOUSEHOLD_GOODS');

-- CreateTable
CREATE TABLE "social_work_station" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "street_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "social_workers" INTEGER NOT NULL,
    "opening_hours" TEXT NOT NULL,

    CONSTRAINT "social_work_station_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "community_fund" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "organization_id" TEXT,
    "raised" INTEGER NOT NULL,
    "spent" INTEGER NOT NULL,

    CONSTRAINT "community_fund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "micro_wish" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "state" "MicroWishState" NOT NULL,
    "fund_id" TEXT,
    "cost" INTEGER NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "wisher_id" TEXT NOT NULL,
    "claimant_id" TEXT,
    "claimed_by_id" TEXT,
    "parties" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "micro_wish_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "donation_point" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "facility_id" TEXT,
    "accepts" "DonationKind"[] DEFAULT ARRAY[]::"DonationKind"[],
    "opening_hours" TEXT NOT NULL,

    CONSTRAINT "donation_point_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization_filing" (
    "organization_id" TEXT NOT NULL,
    "filed_on" DATE NOT NULL,
    "sponsor" TEXT,
    "name_key" TEXT NOT NULL,

    CONSTRAINT "organization_filing_pkey" PRIMARY KEY ("organization_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "social_work_station_street_code_key" ON "social_work_station"("street_code");

-- CreateIndex
CREATE INDEX "social_work_station_community_code_id_idx" ON "social_work_station"("community_code", "id");

-- CreateIndex
CREATE INDEX "community_fund_community_code_id_idx" ON "community_fund"("community_code", "id");

-- CreateIndex
CREATE INDEX "micro_wish_community_code_id_idx" ON "micro_wish"("community_code", "id");

-- CreateIndex
CREATE INDEX "micro_wish_state_community_code_idx" ON "micro_wish"("state", "community_code");

-- CreateIndex
CREATE INDEX "micro_wish_fund_id_id_idx" ON "micro_wish"("fund_id", "id");

-- CreateIndex
CREATE INDEX "micro_wish_parties_idx" ON "micro_wish" USING GIN ("parties");

-- CreateIndex
CREATE INDEX "donation_point_community_code_id_idx" ON "donation_point"("community_code", "id");

-- CreateIndex
CREATE INDEX "donation_point_accepts_idx" ON "donation_point" USING GIN ("accepts");

-- CreateIndex
CREATE UNIQUE INDEX "organization_filing_name_key_key" ON "organization_filing"("name_key");
