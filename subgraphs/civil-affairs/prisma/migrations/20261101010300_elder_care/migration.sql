-- CreateEnum
CREATE TYPE "ElderSiteKind" AS ENUM ('STREET_CENTRE', 'COMMUNITY_STATION', 'ESTATE_POINT');

-- CreateEnum
CREATE TYPE "ElderOperation" AS ENUM ('PUBLIC', 'SOCIAL', 'PROPERTY', 'DOMESTIC_SERVICE');

-- CreateEnum
CREATE TYPE "ElderCareMode" AS ENUM ('FULL_DAY', 'HALF_DAY', 'HOURLY', 'TEMPORARY');

-- CreateEnum
CREATE TYPE "ElderCareGrade" AS ENUM ('INTACT', 'MILD', 'MODERATE', 'SEVERE', 'COMPLETE');

-- CreateEnum
CREATE TYPE "HomeCareService" AS ENUM ('MEALS', 'BATHING', 'CLEANING', 'ESCORT', 'ERRANDS', 'NURSING', 'VISIT');

-- CreateEnum
CREATE TYPE "HomeCareState" AS ENUM ('ORDERED', 'DISPATCHED', 'DONE', 'CANCELLED');

-- CreateTable
CREATE TABLE "elder_site" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "ElderSiteKind" NOT NULL,
    "community_code" TEXT NOT NULL,
    "facility_id" TEXT,
    "centre_of" TEXT,
    "operator" TEXT NOT NULL,
    "operation" "ElderOperation" NOT NULL,
    "beds" INTEGER NOT NULL,
    "opening_hours" TEXT NOT NULL,
    "modes" "ElderCareMode"[] DEFAULT ARRAY[]::"ElderCareMode"[],

    CONSTRAINT "elder_site_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "elder_places" (
    "site_id" TEXT NOT NULL,
    "mode" "ElderCareMode" NOT NULL,
    "capacity" INTEGER NOT NULL,
    "taken" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "elder_places_pkey" PRIMARY KEY ("site_id","mode")
);

-- CreateTable
CREATE TABLE "elder_profile" (
    "id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "smart_care_user" BOOLEAN NOT NULL,
    "opened_on" DATE NOT NULL,
    "care_grade" "ElderCareGrade",
    "subsidy" INTEGER,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "elder_profile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "elder_assessment" (
    "profile_id" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "on" DATE NOT NULL,
    "score" INTEGER NOT NULL,
    "grade" "ElderCareGrade" NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "elder_assessment_pkey" PRIMARY KEY ("profile_id","no")
);

-- CreateTable
CREATE TABLE "day_care_enrolment" (
    "id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "mode" "ElderCareMode" NOT NULL,
    "from_day" DATE NOT NULL,
    "until_day" DATE,
    "community_code" TEXT NOT NULL,
    "open_key" TEXT,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "day_care_enrolment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "home_care_order" (
    "id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "service" "HomeCareService" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" "HomeCareState" NOT NULL,
    "site_id" TEXT,
    "company_id" TEXT,
    "minutes" INTEGER,
    "community_code" TEXT NOT NULL,
    "open_key" TEXT,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "home_care_order_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "elder_site_centre_of_key" ON "elder_site"("centre_of");

-- CreateIndex
CREATE INDEX "elder_site_community_code_id_idx" ON "elder_site"("community_code", "id");

-- CreateIndex
CREATE INDEX "elder_site_kind_community_code_idx" ON "elder_site"("kind", "community_code");

-- CreateIndex
CREATE INDEX "elder_site_modes_idx" ON "elder_site" USING GIN ("modes");

-- CreateIndex
CREATE UNIQUE INDEX "elder_profile_resident_id_key" ON "elder_profile"("resident_id");

-- CreateIndex
CREATE INDEX "elder_profile_community_code_id_idx" ON "elder_profile"("community_code", "id");

-- CreateIndex
CREATE INDEX "elder_profile_care_grade_community_code_idx" ON "elder_profile"("care_grade", "community_code");

-- CreateIndex
CREATE INDEX "elder_profile_smart_care_user_community_code_idx" ON "elder_profile"("smart_care_user", "community_code");

-- CreateIndex
CREATE INDEX "elder_profile_handlers_idx" ON "elder_profile" USING GIN ("handlers");

-- CreateIndex
CREATE UNIQUE INDEX "day_care_enrolment_open_key_key" ON "day_care_enrolment"("open_key");

-- CreateIndex
CREATE INDEX "day_care_enrolment_resident_id_id_idx" ON "day_care_enrolment"("resident_id", "id");

-- CreateIndex
CREATE INDEX "day_care_enrolment_community_code_id_idx" ON "day_care_enrolment"("community_code", "id");

-- CreateIndex
CREATE INDEX "day_care_enrolment_handlers_idx" ON "day_care_enrolment" USING GIN ("handlers");

-- CreateIndex
CREATE UNIQUE INDEX "home_care_order_open_key_key" ON "home_care_order"("open_key");

-- CreateIndex
CREATE INDEX "home_care_order_resident_id_id_idx" ON "home_care_order"("resident_id", "id");

-- CreateIndex
CREATE INDEX "home_care_order_community_code_id_idx" ON "home_care_order"("community_code", "id");

-- CreateIndex
CREATE INDEX "home_care_order_state_community_code_idx" ON "home_care_order"("state", "community_code");

-- CreateIndex
CREATE INDEX "home_care_order_handlers_idx" ON "home_care_order" USING GIN ("handlers");
