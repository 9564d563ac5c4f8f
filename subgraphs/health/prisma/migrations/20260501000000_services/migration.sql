-- CreateEnum
CREATE TYPE "CareProgrammeKind" AS ENUM ('CHRONIC', 'ELDER', 'MATERNAL', 'CHILD', 'MENTAL_REHABILITATION');

-- CreateEnum
CREATE TYPE "CareProgrammeState" AS ENUM ('ACTIVE', 'CLOSED');

-- CreateEnum
CREATE TYPE "FollowUpMethod" AS ENUM ('CLINIC', 'HOME', 'PHONE', 'VIDEO');

-- CreateEnum
CREATE TYPE "FollowUpResult" AS ENUM ('STABLE', 'IMPROVED', 'UNSTABLE', 'REFERRED');

-- CreateEnum
CREATE TYPE "FamilyDoctorContractChange" AS ENUM ('RENEWED', 'EXPIRED', 'ENDED');

-- CreateEnum
CREATE TYPE "HomeBedState" AS ENUM ('OPEN', 'CLOSED');

-- CreateEnum
CREATE TYPE "HomeBedOutcome" AS ENUM ('IMPROVED', 'HOSPITALISED', 'DECEASED', 'MOVED', 'WITHDRAWN', 'OTHER');

-- CreateEnum
CREATE TYPE "MentalHealthScale" AS ENUM ('PHQ_9', 'GAD_7', 'GDS_15');

-- CreateEnum
CREATE TYPE "MentalHealthProfession" AS ENUM ('COUNSELLOR', 'PSYCHOTHERAPIST', 'PSYCHIATRIST', 'SOCIAL_WORKER');

-- CreateEnum
CREATE TYPE "ProfessionalTrainingKind" AS ENUM ('SUPERVISION', 'CONTINUING_EDUCATION');

-- CreateEnum
CREATE TYPE "NurseryMode" AS ENUM ('FULL_DAY', 'HALF_DAY', 'HOURLY', 'TEMPORARY');

-- CreateEnum
CREATE TYPE "NurseryEnrolmentState" AS ENUM ('ENROLLED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "JointTaskParty" AS ENUM ('COMMUNITY_WORKER', 'HEALTH_FACILITY', 'POLICE_POST');

-- CreateEnum
CREATE TYPE "JointTaskState" AS ENUM ('PENDING', 'IN_PROGRESS', 'DONE', 'CANCELLED');

-- CreateEnum
CREATE TYPE "HealthActivityKind" AS ENUM ('PATRIOTIC_HEALTH', 'LECTURE', 'HEALTHY_LIVING');

-- CreateEnum
CREATE TYPE "FamilyDoctorContractState" AS ENUM ('ACTIVE', 'EXPIRED', 'ENDED');

-- DropIndex
DROP INDEX "family_doctor_contract_resident_id_key";

-- AlterTable
ALTER TABLE "health_appointment"
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "expected_id" TEXT;

-- CreateTable
CREATE TABLE "appointment_slot" (
    "facility_id" TEXT NOT NULL,
    "service" "HealthService" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "taken" INTEGER NOT NULL,

    CONSTRAINT "appointment_slot_pkey" PRIMARY KEY ("facility_id","service","at")
);

-- CreateTable
CREATE TABLE "care_programme" (
    "id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "kind" "CareProgrammeKind" NOT NULL,
    "condition" "ChronicCondition",
    "facility_id" TEXT NOT NULL,
    "state" "CareProgrammeState" NOT NULL,
    "started_on" DATE NOT NULL,
    "next_due_on" DATE,
    "expected_delivery_on" DATE,
    "closed_on" DATE,
    "close_reason" TEXT,
    "active_key" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "minor_until" DATE,

    CONSTRAINT "care_programme_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "follow_up" (
    "id" TEXT NOT NULL,
    "programme_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "done_on" DATE NOT NULL,
    "staff_id" TEXT NOT NULL,
    "method" "FollowUpMethod" NOT NULL,
    "result" "FollowUpResult" NOT NULL,
    "systolic" INTEGER,
    "diastolic" INTEGER,
    "fasting_glucose" DOUBLE PRECISION,
    "height_cm" DOUBLE PRECISION,
    "weight_kg" DOUBLE PRECISION,
    "gestation_weeks" INTEGER,
    "note" TEXT NOT NULL,

    CONSTRAINT "follow_up_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vaccination_due" (
    "id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "vaccine" TEXT NOT NULL,
    "dose" INTEGER NOT NULL,
    "due_on" DATE NOT NULL,
    "facility_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "minor_until" DATE,

    CONSTRAINT "vaccination_due_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "family_doctor" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "facility_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "capacity" INTEGER NOT NULL,
    "signed" INTEGER NOT NULL,

    CONSTRAINT "family_doctor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "family_doctor_contract_entry" (
    "id" TEXT NOT NULL,
    "contract_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "change" "FamilyDoctorContractChange" NOT NULL,
    "on" DATE NOT NULL,
    "expires_on" DATE NOT NULL,
    "reason" TEXT,

    CONSTRAINT "family_doctor_contract_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "home_bed" (
    "id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "open_resident_id" TEXT,
    "facility_id" TEXT NOT NULL,
    "doctor_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "visit_every_days" INTEGER NOT NULL,
    "state" "HomeBedState" NOT NULL,
    "opened_on" DATE NOT NULL,
    "next_visit_on" DATE,
    "closed_on" DATE,
    "outcome" "HomeBedOutcome",
    "version" INTEGER NOT NULL DEFAULT 1,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "minor_until" DATE,

    CONSTRAINT "home_bed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "home_bed_visit" (
    "id" TEXT NOT NULL,
    "home_bed_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "visited_at" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" TEXT NOT NULL,
    "systolic" INTEGER,
    "diastolic" INTEGER,
    "temperature_c" DOUBLE PRECISION,
    "note" TEXT NOT NULL,

    CONSTRAINT "home_bed_visit_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "mental_health_referral"
ADD COLUMN     "professional_id" TEXT,
ADD COLUMN     "screening_id" TEXT,
ADD COLUMN     "open_resident_id" TEXT,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "mental_health_screening" (
    "id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "scale" "MentalHealthScale" NOT NULL,
    "score" INTEGER NOT NULL,
    "risk" "MentalHealthRisk" NOT NULL,
    "screened_on" DATE NOT NULL,
    "facility_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "minor_until" DATE,

    CONSTRAINT "mental_health_screening_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mental_health_referral_step" (
    "id" TEXT NOT NULL,
    "referral_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "state" "MentalHealthReferralState" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" TEXT NOT NULL,
    "note" TEXT NOT NULL,

    CONSTRAINT "mental_health_referral_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mental_health_professional" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "profession" "MentalHealthProfession" NOT NULL,
    "certificate_no" TEXT NOT NULL,
    "facility_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "certificate_valid_until" DATE NOT NULL,
    "supervised_until" DATE NOT NULL,
    "educated_until" DATE NOT NULL,
    "left_on" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "mental_health_professional_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "professional_training" (
    "id" TEXT NOT NULL,
    "professional_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" "ProfessionalTrainingKind" NOT NULL,
    "hours" INTEGER NOT NULL,
    "provider" TEXT NOT NULL,
    "completed_on" DATE NOT NULL,
    "valid_until" DATE NOT NULL,

    CONSTRAINT "professional_training_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "nursery_enrolment" (
    "id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "enrolled_id" TEXT,
    "nursery_id" TEXT NOT NULL,
    "mode" "NurseryMode" NOT NULL,
    "age_group" "NurseryAgeGroup" NOT NULL,
    "starts_on" DATE NOT NULL,
    "state" "NurseryEnrolmentState" NOT NULL,
    "withdrawn_on" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,
    "community_code" TEXT NOT NULL,
    "minor_until" DATE,

    CONSTRAINT "nursery_enrolment_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "public_health_event"
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "public_health_bulletin" (
    "id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "state" "PublicHealthEventState" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "public_health_bulletin_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "joint_health_task" (
    "id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "party" "JointTaskParty" NOT NULL,
    "community_code" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "state" "JointTaskState" NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "joint_health_task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "joint_task_report" (
    "id" TEXT NOT NULL,
    "task_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "state" "JointTaskState" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "joint_task_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "health_activity" (
    "id" TEXT NOT NULL,
    "kind" "HealthActivityKind" NOT NULL,
    "title" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "venue" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "facility_id" TEXT,

    CONSTRAINT "health_activity_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "nursery"
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "family_doctor_contract"
ADD COLUMN     "current_resident_id" TEXT,
ADD COLUMN     "state" "FamilyDoctorContractState" NOT NULL DEFAULT 'ACTIVE',
ADD COLUMN     "ended_on" DATE,
ADD COLUMN     "reminded_of" DATE,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "health_record"
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "vaccination"
ADD COLUMN     "lot_no" TEXT;

-- What is open keeps others of its kind out: contracts, referrals.
UPDATE "family_doctor_contract" SET "current_resident_id" = "resident_id";
UPDATE "mental_health_referral" r SET "open_resident_id" = "resident_id"
WHERE "state" <> 'CLOSED' AND NOT EXISTS (
  SELECT 1 FROM "mental_health_referral" o WHERE o."resident_id" = r."resident_id" AND o."state" <> 'CLOSED' AND o."id" > r."id");

-- CreateIndex
CREATE INDEX "health_appointment_community_code_id_idx" ON "health_appointment"("community_code", "id");

-- CreateIndex
CREATE INDEX "health_appointment_facility_id_at_idx" ON "health_appointment"("facility_id", "at");

-- CreateIndex
CREATE INDEX "health_appointment_at_idx" ON "health_appointment"("at");

-- CreateIndex
CREATE INDEX "health_appointment_handlers_idx" ON "health_appointment" USING GIN ("handlers");

-- CreateIndex
CREATE UNIQUE INDEX "health_appointment_expected_id_at_key" ON "health_appointment"("expected_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "care_programme_active_key_key" ON "care_programme"("active_key");

-- CreateIndex
CREATE INDEX "care_programme_community_code_id_idx" ON "care_programme"("community_code", "id");

-- CreateIndex
CREATE INDEX "care_programme_resident_id_id_idx" ON "care_programme"("resident_id", "id");

-- CreateIndex
CREATE INDEX "care_programme_next_due_on_idx" ON "care_programme"("next_due_on");

-- CreateIndex
CREATE INDEX "care_programme_handlers_idx" ON "care_programme" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "follow_up_programme_id_id_idx" ON "follow_up"("programme_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "follow_up_programme_id_number_key" ON "follow_up"("programme_id", "number");

-- CreateIndex
CREATE INDEX "vaccination_due_community_code_id_idx" ON "vaccination_due"("community_code", "id");

-- CreateIndex
CREATE INDEX "vaccination_due_due_on_idx" ON "vaccination_due"("due_on");

-- CreateIndex
CREATE INDEX "vaccination_due_handlers_idx" ON "vaccination_due" USING GIN ("handlers");

-- CreateIndex
CREATE UNIQUE INDEX "vaccination_due_resident_id_vaccine_key" ON "vaccination_due"("resident_id", "vaccine");

-- CreateIndex
CREATE INDEX "family_doctor_community_code_id_idx" ON "family_doctor"("community_code", "id");

-- CreateIndex
CREATE INDEX "family_doctor_facility_id_id_idx" ON "family_doctor"("facility_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "family_doctor_contract_entry_contract_id_number_key" ON "family_doctor_contract_entry"("contract_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "home_bed_open_resident_id_key" ON "home_bed"("open_resident_id");

-- CreateIndex
CREATE INDEX "home_bed_community_code_id_idx" ON "home_bed"("community_code", "id");

-- CreateIndex
CREATE INDEX "home_bed_resident_id_id_idx" ON "home_bed"("resident_id", "id");

-- CreateIndex
CREATE INDEX "home_bed_next_visit_on_idx" ON "home_bed"("next_visit_on");

-- CreateIndex
CREATE INDEX "home_bed_handlers_idx" ON "home_bed" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "home_bed_visit_home_bed_id_id_idx" ON "home_bed_visit"("home_bed_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "home_bed_visit_home_bed_id_number_key" ON "home_bed_visit"("home_bed_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "mental_health_referral_open_resident_id_key" ON "mental_health_referral"("open_resident_id");

-- CreateIndex
CREATE INDEX "mental_health_screening_community_code_id_idx" ON "mental_health_screening"("community_code", "id");

-- CreateIndex
CREATE INDEX "mental_health_screening_resident_id_id_idx" ON "mental_health_screening"("resident_id", "id");

-- CreateIndex
CREATE INDEX "mental_health_screening_handlers_idx" ON "mental_health_screening" USING GIN ("handlers");

-- CreateIndex
CREATE UNIQUE INDEX "mental_health_referral_step_referral_id_number_key" ON "mental_health_referral_step"("referral_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "mental_health_professional_certificate_no_key" ON "mental_health_professional"("certificate_no");

-- CreateIndex
CREATE INDEX "mental_health_professional_community_code_id_idx" ON "mental_health_professional"("community_code", "id");

-- CreateIndex
CREATE INDEX "mental_health_professional_profession_community_code_idx" ON "mental_health_professional"("profession", "community_code");

-- CreateIndex
CREATE UNIQUE INDEX "professional_training_professional_id_number_key" ON "professional_training"("professional_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "nursery_enrolment_enrolled_id_key" ON "nursery_enrolment"("enrolled_id");

-- CreateIndex
CREATE INDEX "nursery_enrolment_community_code_id_idx" ON "nursery_enrolment"("community_code", "id");

-- CreateIndex
CREATE INDEX "nursery_enrolment_resident_id_id_idx" ON "nursery_enrolment"("resident_id", "id");

-- CreateIndex
CREATE INDEX "nursery_enrolment_nursery_id_id_idx" ON "nursery_enrolment"("nursery_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "public_health_bulletin_event_id_number_key" ON "public_health_bulletin"("event_id", "number");

-- CreateIndex
CREATE INDEX "joint_health_task_community_code_id_idx" ON "joint_health_task"("community_code", "id");

-- CreateIndex
CREATE INDEX "joint_health_task_handlers_idx" ON "joint_health_task" USING GIN ("handlers");

-- CreateIndex
CREATE UNIQUE INDEX "joint_health_task_event_id_party_key" ON "joint_health_task"("event_id", "party");

-- CreateIndex
CREATE UNIQUE INDEX "joint_task_report_task_id_number_key" ON "joint_task_report"("task_id", "number");

-- CreateIndex
CREATE INDEX "health_activity_community_code_id_idx" ON "health_activity"("community_code", "id");

-- CreateIndex
CREATE INDEX "health_activity_starts_at_idx" ON "health_activity"("starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "family_doctor_contract_current_resident_id_key" ON "family_doctor_contract"("current_resident_id");

-- CreateIndex
CREATE INDEX "family_doctor_contract_resident_id_id_idx" ON "family_doctor_contract"("resident_id", "id");

-- CreateIndex
CREATE INDEX "family_doctor_contract_state_expires_on_idx" ON "family_doctor_contract"("state", "expires_on");
