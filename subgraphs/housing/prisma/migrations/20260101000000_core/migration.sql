-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "HousingUsage" AS ENUM ('DWELLING', 'DORMITORY', 'COMMERCIAL');

-- CreateEnum
CREATE TYPE "HousingTenure" AS ENUM ('OWNED', 'RENTED', 'PUBLIC_RENTAL');

-- CreateEnum
CREATE TYPE "PropertyGrade" AS ENUM ('A', 'B', 'C', 'D');

-- CreateEnum
CREATE TYPE "PropertyListing" AS ENUM ('INCENTIVE', 'RISK', 'NONE');

-- CreateEnum
CREATE TYPE "OwnersCommitteeKind" AS ENUM ('OWNERS_COMMITTEE', 'RESIDENTS_COMMITTEE_ACTING');

-- CreateEnum
CREATE TYPE "OwnersVoteState" AS ENUM ('SCHEDULED', 'OPEN', 'PASSED', 'REJECTED');

-- CreateEnum
CREATE TYPE "SafetyHazard" AS ENUM ('GAS', 'ELECTRICITY', 'FIRE', 'E_BIKE', 'STRUCTURE', 'LIFT', 'ELDER_SAFETY');

-- CreateEnum
CREATE TYPE "RenovationKind" AS ENUM ('BASIC', 'IMPROVEMENT', 'UPGRADE');

-- CreateEnum
CREATE TYPE "RenovationState" AS ENUM ('PLANNED', 'UNDER_WAY', 'COMPLETED');

-- CreateEnum
CREATE TYPE "IdlePremisesUse" AS ENUM ('ELDER_CARE', 'CHILD_CARE', 'DISABILITY_AID', 'MINORS_PROTECTION', 'HEALTH');

-- CreateTable
CREATE TABLE "building" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "year_built" INTEGER NOT NULL,
    "floors" INTEGER NOT NULL,
    "area_m2" INTEGER NOT NULL,
    "old_estate" BOOLEAN NOT NULL,
    "project_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "building_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "housing_unit" (
    "code" TEXT NOT NULL,
    "building_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "floor" INTEGER NOT NULL,
    "area_m2" INTEGER NOT NULL,
    "usage" "HousingUsage" NOT NULL,
    "tenure" "HousingTenure",
    "occupied" BOOLEAN NOT NULL,
    "owner_name" TEXT NOT NULL,
    "address" TEXT NOT NULL,

    CONSTRAINT "housing_unit_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "tenancy" (
    "id" TEXT NOT NULL,
    "kind" "HousingTenure" NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,
    "monthly_rent" INTEGER,
    "unit_code" TEXT NOT NULL,
    "household_id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,

    CONSTRAINT "tenancy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "property_company" (
    "id" TEXT NOT NULL,
    "credit_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "grade" "PropertyGrade" NOT NULL,
    "listing" "PropertyListing" NOT NULL,
    "listing_year" INTEGER,
    "employees" INTEGER NOT NULL,

    CONSTRAINT "property_company_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "property_project" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "company_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "manager_name" TEXT NOT NULL,
    "satisfaction" DOUBLE PRECISION,

    CONSTRAINT "property_project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "owners_committee" (
    "id" TEXT NOT NULL,
    "kind" "OwnersCommitteeKind" NOT NULL,
    "name" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "since" DATE NOT NULL,
    "term_ends_on" DATE,
    "members" INTEGER NOT NULL,
    "satisfaction" DOUBLE PRECISION,

    CONSTRAINT "owners_committee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "owners_vote" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "opens_on" DATE NOT NULL,
    "closes_on" DATE NOT NULL,
    "state" "OwnersVoteState" NOT NULL,
    "eligible" INTEGER NOT NULL,
    "in_favour" INTEGER,
    "against" INTEGER,
    "abstained" INTEGER,

    CONSTRAINT "owners_vote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "safety_inspection" (
    "id" TEXT NOT NULL,
    "hazard" "SafetyHazard" NOT NULL,
    "finding" TEXT NOT NULL,
    "found_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "fixed_on" DATE,
    "building_code" TEXT NOT NULL,
    "unit_code" TEXT,
    "project_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "safety_inspection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "renovation" (
    "id" TEXT NOT NULL,
    "kind" "RenovationKind" NOT NULL,
    "works" TEXT NOT NULL,
    "state" "RenovationState" NOT NULL,
    "year" INTEGER NOT NULL,
    "project_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "renovation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idle_premises" (
    "id" TEXT NOT NULL,
    "location" TEXT NOT NULL,
    "area_m2" INTEGER NOT NULL,
    "suggested_use" "IdlePremisesUse" NOT NULL,
    "building_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "idle_premises_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "building_community_code_code_idx" ON "building"("community_code", "code");

-- CreateIndex
CREATE INDEX "building_project_id_code_idx" ON "building"("project_id", "code");

-- CreateIndex
CREATE INDEX "building_year_built_idx" ON "building"("year_built");

-- CreateIndex
CREATE INDEX "housing_unit_building_code_code_idx" ON "housing_unit"("building_code", "code");

-- CreateIndex
CREATE INDEX "housing_unit_community_code_occupied_idx" ON "housing_unit"("community_code", "occupied");

-- CreateIndex
CREATE UNIQUE INDEX "tenancy_unit_code_key" ON "tenancy"("unit_code");

-- CreateIndex
CREATE UNIQUE INDEX "tenancy_household_id_key" ON "tenancy"("household_id");

-- CreateIndex
CREATE UNIQUE INDEX "property_company_credit_code_key" ON "property_company"("credit_code");

-- CreateIndex
CREATE INDEX "property_company_listing_id_idx" ON "property_company"("listing", "id");

-- CreateIndex
CREATE INDEX "property_project_community_code_id_idx" ON "property_project"("community_code", "id");

-- CreateIndex
CREATE INDEX "property_project_company_id_id_idx" ON "property_project"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "owners_committee_project_id_key" ON "owners_committee"("project_id");

-- CreateIndex
CREATE INDEX "owners_vote_project_id_id_idx" ON "owners_vote"("project_id", "id");

-- CreateIndex
CREATE INDEX "safety_inspection_community_code_id_idx" ON "safety_inspection"("community_code", "id");

-- CreateIndex
CREATE INDEX "safety_inspection_project_id_id_idx" ON "safety_inspection"("project_id", "id");

-- CreateIndex
CREATE INDEX "safety_inspection_building_code_id_idx" ON "safety_inspection"("building_code", "id");

-- CreateIndex
CREATE INDEX "safety_inspection_unit_code_id_idx" ON "safety_inspection"("unit_code", "id");

-- CreateIndex
CREATE INDEX "safety_inspection_due_on_idx" ON "safety_inspection"("due_on");

-- CreateIndex
CREATE INDEX "renovation_community_code_id_idx" ON "renovation"("community_code", "id");

-- CreateIndex
CREATE INDEX "renovation_kind_id_idx" ON "renovation"("kind", "id");

-- CreateIndex
CREATE UNIQUE INDEX "renovation_project_id_kind_key" ON "renovation"("project_id", "kind");

-- CreateIndex
CREATE INDEX "idle_premises_community_code_id_idx" ON "idle_premises"("community_code", "id");
