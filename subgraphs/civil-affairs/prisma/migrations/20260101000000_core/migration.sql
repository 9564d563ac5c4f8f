-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "CommitteeKind" AS ENUM ('RESIDENTS_COMMITTEE', 'VILLAGERS_COMMITTEE');

-- CreateEnum
CREATE TYPE "FacilityKind" AS ENUM ('PARTY_SERVICE_CENTRE', 'POLICE_POST', 'COMMUNITY_HEALTH', 'ELDER_DAY_CARE', 'CHILDREN_HOME', 'CULTURAL_CENTRE', 'SPORTS_GUIDANCE_POINT', 'COMMUNITY_PARK', 'SPORTS_VENUE');

-- CreateEnum
CREATE TYPE "Sex" AS ENUM ('MALE', 'FEMALE');

-- CreateEnum
CREATE TYPE "HouseholdRole" AS ENUM ('HEAD', 'SPOUSE', 'CHILD', 'PARENT');

-- CreateEnum
CREATE TYPE "OrganizationKind" AS ENUM ('ASSOCIATION', 'SOCIAL_SERVICE', 'FOUNDATION', 'FILED_GROUP', 'VOLUNTEER_GROUP');

-- CreateEnum
CREATE TYPE "WorkerPost" AS ENUM ('SECRETARY', 'COMMITTEE_MEMBER', 'WORKER', 'CHILDREN_DIRECTOR');

-- CreateEnum
CREATE TYPE "DepartmentConfidence" AS ENUM ('BODY_TEXT', 'SHARED_CELL_UNSPLIT', 'CONTENT_INFERRED', 'ORDER_AND_CONTENT_INFERRED', 'NOT_ALIGNABLE', 'BLANK_IN_ANNEX');

-- CreateEnum
CREATE TYPE "AppealCategory" AS ENUM ('PROPERTY', 'ENVIRONMENT', 'NOISE', 'TRAFFIC', 'SAFETY', 'CARE', 'EDUCATION', 'HEALTH');

-- CreateEnum
CREATE TYPE "AppealState" AS ENUM ('SUBMITTED', 'ACCEPTED', 'DISPATCHED', 'HANDLING', 'ANSWERED', 'CONFIRMED', 'REOPENED', 'EVALUATED', 'CLOSED');

-- CreateEnum
CREATE TYPE "AppealChannel" AS ENUM ('ONLINE', 'WINDOW', 'KIOSK', 'GRID_WORKER');

-- CreateEnum
CREATE TYPE "ServiceCategory" AS ENUM ('SOCIAL_ASSISTANCE', 'EMPLOYMENT', 'SOCIAL_SECURITY', 'HEALTH', 'CULTURE_EDUCATION', 'PUBLIC_SECURITY', 'LEGAL_AID', 'CARE', 'HOUSING');

-- CreateEnum
CREATE TYPE "ServiceCaseState" AS ENUM ('APPLIED', 'SUPPLEMENT_NEEDED', 'HANDLING', 'DECIDED');

-- CreateTable
CREATE TABLE "district" (
    "id" TEXT NOT NULL,
    "code" TEXT,
    "name" TEXT NOT NULL,
    "prefixes" TEXT[],

    CONSTRAINT "district_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "street" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "district_id" TEXT NOT NULL,

    CONSTRAINT "street_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "community" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "committee" TEXT NOT NULL,
    "kind" "CommitteeKind" NOT NULL,
    "street_code" TEXT NOT NULL,
    "district_id" TEXT NOT NULL,

    CONSTRAINT "community_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "facility" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "FacilityKind" NOT NULL,
    "community_code" TEXT NOT NULL,
    "area_m2" INTEGER NOT NULL,
    "activity_area_m2" INTEGER NOT NULL,
    "capacity" INTEGER NOT NULL,
    "opening_hours" TEXT NOT NULL,
    "accessible" BOOLEAN NOT NULL,

    CONSTRAINT "facility_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "household" (
    "id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "size" INTEGER NOT NULL,

    CONSTRAINT "household_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "resident" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sex" "Sex" NOT NULL,
    "birth_date" DATE NOT NULL,
    "phone" TEXT,
    "household_role" "HouseholdRole" NOT NULL,
    "household_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "lives_alone" BOOLEAN NOT NULL,
    "mobility_impaired" BOOLEAN NOT NULL,

    CONSTRAINT "resident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "OrganizationKind" NOT NULL,
    "credit_code" TEXT,
    "community_code" TEXT NOT NULL,
    "founded_in" INTEGER NOT NULL,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "community_worker" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "post" "WorkerPost" NOT NULL,
    "phone" TEXT,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "community_worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "indicator" (
    "no" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "value_2020" DOUBLE PRECISION,
    "value_2020_text" TEXT NOT NULL,
    "target_2025" DOUBLE PRECISION NOT NULL,
    "target_2025_text" TEXT NOT NULL,
    "binding" BOOLEAN NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "indicator_pkey" PRIMARY KEY ("no")
);

-- CreateTable
CREATE TABLE "plan_quantity" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "unit" TEXT NOT NULL,
    "comparator" TEXT NOT NULL,
    "year" INTEGER,
    "scope" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "plan_quantity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_fact" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "unit" TEXT NOT NULL,
    "approximate" BOOLEAN NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "plan_fact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_task" (
    "no" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "chapter" TEXT NOT NULL,
    "section" TEXT NOT NULL,
    "section_ref" TEXT NOT NULL,
    "lead_departments" TEXT[],
    "departments" TEXT[],
    "department_confidence" "DepartmentConfidence" NOT NULL,
    "annex_text_garbled" BOOLEAN NOT NULL,
    "note" TEXT,

    CONSTRAINT "plan_task_pkey" PRIMARY KEY ("no")
);

-- CreateTable
CREATE TABLE "appeal" (
    "no" TEXT NOT NULL,
    "category" "AppealCategory" NOT NULL,
    "state" "AppealState" NOT NULL,
    "channel" "AppealChannel" NOT NULL,
    "title" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "appellant_id" TEXT,

    CONSTRAINT "appeal_pkey" PRIMARY KEY ("no")
);

-- CreateTable
CREATE TABLE "service_item" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "category" "ServiceCategory" NOT NULL,
    "working_days" INTEGER NOT NULL,
    "citywide" BOOLEAN NOT NULL,

    CONSTRAINT "service_item_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "service_case" (
    "id" TEXT NOT NULL,
    "item_code" TEXT NOT NULL,
    "applicant_id" TEXT NOT NULL,
    "state" "ServiceCaseState" NOT NULL,
    "applied_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "service_case_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "street_district_id_code_idx" ON "street"("district_id", "code");

-- CreateIndex
CREATE INDEX "community_street_code_code_idx" ON "community"("street_code", "code");

-- CreateIndex
CREATE INDEX "community_district_id_code_idx" ON "community"("district_id", "code");

-- CreateIndex
CREATE INDEX "facility_community_code_id_idx" ON "facility"("community_code", "id");

-- CreateIndex
CREATE INDEX "facility_kind_community_code_idx" ON "facility"("kind", "community_code");

-- CreateIndex
CREATE INDEX "household_community_code_id_idx" ON "household"("community_code", "id");

-- CreateIndex
CREATE INDEX "resident_community_code_id_idx" ON "resident"("community_code", "id");

-- CreateIndex
CREATE INDEX "resident_household_id_idx" ON "resident"("household_id");

-- CreateIndex
CREATE UNIQUE INDEX "organization_credit_code_key" ON "organization"("credit_code");

-- CreateIndex
CREATE INDEX "organization_community_code_id_idx" ON "organization"("community_code", "id");

-- CreateIndex
CREATE INDEX "community_worker_community_code_id_idx" ON "community_worker"("community_code", "id");

-- CreateIndex
CREATE INDEX "appeal_community_code_no_idx" ON "appeal"("community_code", "no");

-- CreateIndex
CREATE INDEX "appeal_appellant_id_no_idx" ON "appeal"("appellant_id", "no");

-- CreateIndex
CREATE INDEX "service_case_applicant_id_id_idx" ON "service_case"("applicant_id", "id");
