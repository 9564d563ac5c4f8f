-- CreateEnum
CREATE TYPE "LicenceKind" AS ENUM ('RESIDENCE_PERMIT', 'HOUSEHOLD_REGISTER', 'SOCIAL_SECURITY_CARD', 'DISABILITY_CERTIFICATE', 'ELDER_CARD', 'MARRIAGE_CERTIFICATE', 'TENANCY_FILING', 'BIRTH_CERTIFICATE');

-- CreateEnum
CREATE TYPE "CreditSector" AS ENUM ('ELDER_CARE', 'CHILD_CARE', 'DOMESTIC_SERVICE', 'PROPERTY');

-- CreateEnum
CREATE TYPE "PublicCreditGrade" AS ENUM ('A', 'B', 'C', 'D');

-- CreateEnum
CREATE TYPE "LifecycleStage" AS ENUM ('COLLECTING', 'CIRCULATING', 'PROCESSING', 'IN_USE', 'RETIRED');

-- CreateEnum
CREATE TYPE "OpenClass" AS ENUM ('OPEN', 'CONDITIONAL', 'NOT_OPEN');

-- CreateEnum
CREATE TYPE "AssetSharing" AS ENUM ('UNCONDITIONAL', 'CONDITIONAL', 'NONE');

-- CreateTable
CREATE TABLE "licence" (
    "id" TEXT NOT NULL,
    "kind" "LicenceKind" NOT NULL,
    "holder_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "revoked" BOOLEAN NOT NULL DEFAULT false,
    "minor_until" DATE,

    CONSTRAINT "licence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "licence_consent" (
    "id" TEXT NOT NULL,
    "holder_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "licence_id" TEXT NOT NULL,
    "item_code" TEXT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "minor_until" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "licence_consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_record" (
    "id" TEXT NOT NULL,
    "credit_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "organization_id" TEXT,
    "community_code" TEXT NOT NULL,
    "sector" "CreditSector" NOT NULL,
    "year" INTEGER NOT NULL,
    "grade" "PublicCreditGrade" NOT NULL,
    "basis" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "credit_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "spatial_unit" (
    "community_code" TEXT NOT NULL,
    "column" INTEGER NOT NULL,
    "row" INTEGER NOT NULL,

    CONSTRAINT "spatial_unit_pkey" PRIMARY KEY ("community_code")
);

-- CreateTable
CREATE TABLE "data_asset" (
    "id" TEXT NOT NULL,
    "department" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT,
    "base" TEXT,
    "source" TEXT NOT NULL,
    "steward" TEXT NOT NULL,
    "stage" "LifecycleStage" NOT NULL,
    "level" INTEGER NOT NULL,
    "sharing" "AssetSharing" NOT NULL,
    "open_class" "OpenClass" NOT NULL,
    "fields" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "data_asset_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "licence_holder_id_id_idx" ON "licence"("holder_id", "id");

-- CreateIndex
CREATE INDEX "licence_community_code_id_idx" ON "licence"("community_code", "id");

-- CreateIndex
CREATE INDEX "licence_consent_holder_id_id_idx" ON "licence_consent"("holder_id", "id");

-- CreateIndex
CREATE INDEX "licence_consent_licence_id_idx" ON "licence_consent"("licence_id");

-- CreateIndex
CREATE INDEX "credit_record_community_code_id_idx" ON "credit_record"("community_code", "id");

-- CreateIndex
CREATE INDEX "credit_record_organization_id_id_idx" ON "credit_record"("organization_id", "id");

-- CreateIndex
CREATE INDEX "credit_record_sector_community_code_idx" ON "credit_record"("sector", "community_code");

-- CreateIndex
CREATE UNIQUE INDEX "credit_record_credit_code_sector_year_key" ON "credit_record"("credit_code", "sector", "year");

-- CreateIndex
CREATE UNIQUE INDEX "spatial_unit_column_row_key" ON "spatial_unit"("column", "row");

-- CreateIndex
CREATE UNIQUE INDEX "data_asset_type_key" ON "data_asset"("type");

-- CreateIndex
CREATE INDEX "data_asset_department_id_idx" ON "data_asset"("department", "id");
