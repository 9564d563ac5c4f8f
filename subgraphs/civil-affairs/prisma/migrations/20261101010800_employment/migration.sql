-- CreateEnum
CREATE TYPE "Occupation" AS ENUM ('COOKING', 'DOMESTIC_SERVICE', 'ELDER_CARE', 'CHILD_CARE', 'TECHNICIAN', 'DELIVERY', 'PROPERTY', 'CLERICAL', 'RETAIL');

-- CreateEnum
CREATE TYPE "Engagement" AS ENUM ('FULL_TIME', 'PART_TIME', 'FLEXIBLE', 'SHARED', 'PUBLIC_WELFARE');

-- CreateEnum
CREATE TYPE "EmploymentGroup" AS ENUM ('UNEMPLOYED', 'GRADUATE', 'VETERAN', 'RURAL_MIGRANT', 'DISABLED');

-- CreateEnum
CREATE TYPE "JobSeekerState" AS ENUM ('SEEKING', 'EMPLOYED', 'FLEXIBLE', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "JobReferralState" AS ENUM ('REFERRED', 'HIRED', 'DECLINED');

-- CreateEnum
CREATE TYPE "SkillProgramme" AS ENUM ('CANTONESE_COOK', 'GUANGDONG_TECHNICIAN', 'SOUTH_GUANGDONG_HOUSEKEEPING');

-- CreateTable
CREATE TABLE "vacancy" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "employer" TEXT NOT NULL,
    "credit_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "occupation" "Occupation" NOT NULL,
    "engagement" "Engagement" NOT NULL,
    "wage_from" INTEGER NOT NULL,
    "wage_to" INTEGER NOT NULL,
    "posts" INTEGER NOT NULL,
    "filled" INTEGER NOT NULL DEFAULT 0,
    "open" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "vacancy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_seeker" (
    "id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "occupation" "Occupation" NOT NULL,
    "engagements" "Engagement"[] DEFAULT ARRAY[]::"Engagement"[],
    "seeker_group" "EmploymentGroup",
    "difficulty" BOOLEAN NOT NULL DEFAULT false,
    "difficulty_reason" TEXT,
    "state" "JobSeekerState" NOT NULL,
    "registered_on" DATE NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "job_seeker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_referral" (
    "id" TEXT NOT NULL,
    "seeker_id" TEXT NOT NULL,
    "vacancy_id" TEXT NOT NULL,
    "state" "JobReferralState" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "job_referral_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "skill_training" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "programme" "SkillProgramme" NOT NULL,
    "community_code" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "hours" INTEGER NOT NULL,
    "places" INTEGER NOT NULL,
    "taken" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "skill_training_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "skill_training_enrolment" (
    "id" TEXT NOT NULL,
    "training_id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "enrolled_at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "skill_training_enrolment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "vacancy_community_code_id_idx" ON "vacancy"("community_code", "id");

-- CreateIndex
CREATE INDEX "vacancy_occupation_community_code_idx" ON "vacancy"("occupation", "community_code");

-- CreateIndex
CREATE INDEX "vacancy_engagement_community_code_idx" ON "vacancy"("engagement", "community_code");

-- CreateIndex
CREATE INDEX "vacancy_open_community_code_idx" ON "vacancy"("open", "community_code");

-- CreateIndex
CREATE UNIQUE INDEX "job_seeker_resident_id_key" ON "job_seeker"("resident_id");

-- CreateIndex
CREATE INDEX "job_seeker_community_code_id_idx" ON "job_seeker"("community_code", "id");

-- CreateIndex
CREATE INDEX "job_seeker_state_community_code_idx" ON "job_seeker"("state", "community_code");

-- CreateIndex
CREATE INDEX "job_seeker_occupation_community_code_idx" ON "job_seeker"("occupation", "community_code");

-- CreateIndex
CREATE INDEX "job_seeker_handlers_idx" ON "job_seeker" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "job_referral_vacancy_id_idx" ON "job_referral"("vacancy_id");

-- CreateIndex
CREATE UNIQUE INDEX "job_referral_seeker_id_vacancy_id_key" ON "job_referral"("seeker_id", "vacancy_id");

-- CreateIndex
CREATE INDEX "skill_training_community_code_id_idx" ON "skill_training"("community_code", "id");

-- CreateIndex
CREATE INDEX "skill_training_programme_community_code_idx" ON "skill_training"("programme", "community_code");

-- CreateIndex
CREATE INDEX "skill_training_enrolment_resident_id_id_idx" ON "skill_training_enrolment"("resident_id", "id");

-- CreateIndex
CREATE INDEX "skill_training_enrolment_community_code_id_idx" ON "skill_training_enrolment"("community_code", "id");

-- CreateIndex
CREATE UNIQUE INDEX "skill_training_enrolment_training_id_resident_id_key" ON "skill_training_enrolment"("training_id", "resident_id");
