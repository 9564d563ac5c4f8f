-- CreateEnum
CREATE TYPE "RatingTarget" AS ENUM ('PROPERTY_SERVICE', 'OWNERS_COMMITTEE');

-- CreateEnum
CREATE TYPE "CreditSubject" AS ENUM ('COMPANY', 'PROJECT_LEADER');

-- CreateEnum
CREATE TYPE "PropertyServiceKind" AS ENUM ('ELDER_CARE', 'CHILD_CARE', 'HOUSEKEEPING', 'PARCEL');

-- CreateTable
CREATE TABLE "owners_vote_roll" (
    "vote_id" TEXT NOT NULL,
    "unit_code" TEXT NOT NULL,
    "area_m2" INTEGER NOT NULL,
    "voted" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "owners_vote_roll_pkey" PRIMARY KEY ("vote_id","unit_code")
);

-- CreateTable
CREATE TABLE "owners_vote_box" (
    "vote_id" TEXT NOT NULL,
    "ballots" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "owners_vote_box_pkey" PRIMARY KEY ("vote_id")
);

-- CreateTable
CREATE TABLE "rating_tally" (
    "project_id" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "target" "RatingTarget" NOT NULL,
    "stars" INTEGER[],

    CONSTRAINT "rating_tally_pkey" PRIMARY KEY ("project_id","year","target")
);

-- CreateTable
CREATE TABLE "rating_turnout" (
    "unit_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "target" "RatingTarget" NOT NULL,

    CONSTRAINT "rating_turnout_pkey" PRIMARY KEY ("unit_code","year","target")
);

-- CreateTable
CREATE TABLE "credit_list" (
    "id" TEXT NOT NULL,
    "published_on" DATE NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "credit_list_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_list_entry" (
    "id" TEXT NOT NULL,
    "list_id" TEXT NOT NULL,
    "subject" "CreditSubject" NOT NULL,
    "subject_id" TEXT NOT NULL,
    "company_id" TEXT NOT NULL,
    "listing" "PropertyListing" NOT NULL,
    "grade" "PropertyGrade" NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "credit_list_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "property_account" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "quarter" INTEGER NOT NULL,
    "common_income" INTEGER NOT NULL,
    "common_expense" INTEGER NOT NULL,
    "maintenance_fund" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "published_on" DATE NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "property_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "property_service_point" (
    "id" TEXT NOT NULL,
    "kind" "PropertyServiceKind" NOT NULL,
    "name" TEXT NOT NULL,
    "hours" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "property_service_point_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "estate_assessment" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "complete" BOOLEAN NOT NULL,
    "green" BOOLEAN NOT NULL,
    "within_15_minutes" BOOLEAN NOT NULL,
    "park_in_reach" BOOLEAN NOT NULL,
    "assessed_on" DATE NOT NULL,

    CONSTRAINT "estate_assessment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "credit_list_entry_list_id_id_idx" ON "credit_list_entry"("list_id", "id");

-- CreateIndex
CREATE INDEX "credit_list_entry_company_id_id_idx" ON "credit_list_entry"("company_id", "id");

-- CreateIndex
CREATE INDEX "credit_list_entry_subject_id_idx" ON "credit_list_entry"("subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "credit_list_entry_list_id_subject_id_key" ON "credit_list_entry"("list_id", "subject_id");

-- CreateIndex
CREATE INDEX "property_account_project_id_id_idx" ON "property_account"("project_id", "id");

-- CreateIndex
CREATE INDEX "property_account_community_code_id_idx" ON "property_account"("community_code", "id");

-- CreateIndex
CREATE INDEX "property_account_year_id_idx" ON "property_account"("year", "id");

-- CreateIndex
CREATE UNIQUE INDEX "property_account_project_id_year_quarter_key" ON "property_account"("project_id", "year", "quarter");

-- CreateIndex
CREATE INDEX "property_service_point_project_id_id_idx" ON "property_service_point"("project_id", "id");

-- CreateIndex
CREATE INDEX "property_service_point_community_code_id_idx" ON "property_service_point"("community_code", "id");

-- CreateIndex
CREATE INDEX "property_service_point_kind_id_idx" ON "property_service_point"("kind", "id");

-- CreateIndex
CREATE UNIQUE INDEX "property_service_point_project_id_kind_key" ON "property_service_point"("project_id", "kind");

-- CreateIndex
CREATE INDEX "estate_assessment_community_code_year_idx" ON "estate_assessment"("community_code", "year");

-- CreateIndex
CREATE UNIQUE INDEX "estate_assessment_project_id_year_key" ON "estate_assessment"("project_id", "year");
