-- CreateEnum
CREATE TYPE "DomesticService" AS ENUM ('CLEANING', 'COOKING', 'INFANT_CARE', 'ELDER_CARE', 'PATIENT_CARE');

-- CreateEnum
CREATE TYPE "CreditGrade" AS ENUM ('EXCELLENT', 'GOOD', 'FAIR', 'POOR', 'UNRATED');

-- CreateTable
CREATE TABLE "domestic_company" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "credit_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "employee_based" BOOLEAN NOT NULL,
    "grade" "CreditGrade" NOT NULL,
    "stars" INTEGER NOT NULL DEFAULT 0,
    "ratings" INTEGER NOT NULL DEFAULT 0,
    "honest" BOOLEAN NOT NULL DEFAULT false,
    "honest_since" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "domestic_company_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "domestic_worker" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "company_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "resident_id" TEXT,
    "services" "DomesticService"[] DEFAULT ARRAY[]::"DomesticService"[],
    "skill_level" INTEGER,
    "grade" "CreditGrade" NOT NULL,
    "stars" INTEGER NOT NULL DEFAULT 0,
    "ratings" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "domestic_worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "domestic_evaluation" (
    "worker_id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "stars" INTEGER NOT NULL,
    "text" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "domestic_evaluation_pkey" PRIMARY KEY ("worker_id","resident_id","month")
);

-- CreateIndex
CREATE UNIQUE INDEX "domestic_company_credit_code_key" ON "domestic_company"("credit_code");

-- CreateIndex
CREATE INDEX "domestic_company_community_code_id_idx" ON "domestic_company"("community_code", "id");

-- CreateIndex
CREATE INDEX "domestic_company_honest_community_code_idx" ON "domestic_company"("honest", "community_code");

-- CreateIndex
CREATE UNIQUE INDEX "domestic_worker_resident_id_key" ON "domestic_worker"("resident_id");

-- CreateIndex
CREATE INDEX "domestic_worker_company_id_id_idx" ON "domestic_worker"("company_id", "id");

-- CreateIndex
CREATE INDEX "domestic_worker_community_code_id_idx" ON "domestic_worker"("community_code", "id");

-- CreateIndex
CREATE INDEX "domestic_worker_grade_community_code_idx" ON "domestic_worker"("grade", "community_code");

-- CreateIndex
CREATE INDEX "domestic_worker_services_idx" ON "domestic_worker" USING GIN ("services");
