-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "HealthFacilityType" AS ENUM ('HOSPITAL', 'CENTRE', 'STATION');

-- CreateEnum
CREATE TYPE "NurseryAgeGroup" AS ENUM ('UNDER_2', 'FROM_2_TO_3');

-- CreateEnum
CREATE TYPE "FamilyDoctorPackage" AS ENUM ('BASIC', 'CHILD', 'ELDER', 'CHRONIC');

-- CreateEnum
CREATE TYPE "BloodType" AS ENUM ('A', 'B', 'AB', 'O');

-- CreateEnum
CREATE TYPE "ChronicCondition" AS ENUM ('HYPERTENSION', 'DIABETES', 'COPD', 'CORONARY_DISEASE', 'STROKE');

-- CreateEnum
CREATE TYPE "HealthService" AS ENUM ('GENERAL_PRACTICE', 'CHILD_HEALTH', 'VACCINATION', 'ELDER_CHECKUP', 'CHRONIC_FOLLOW_UP', 'TRADITIONAL_MEDICINE', 'COUNSELLING');

-- CreateEnum
CREATE TYPE "HealthAppointmentState" AS ENUM ('BOOKED', 'ATTENDED', 'CANCELLED', 'MISSED');

-- CreateEnum
CREATE TYPE "MentalHealthRisk" AS ENUM ('LOW', 'MEDIUM', 'HIGH');

-- CreateEnum
CREATE TYPE "MentalHealthReferralState" AS ENUM ('REFERRED', 'RECEIVED', 'RETURNED', 'CLOSED');

-- CreateEnum
CREATE TYPE "PublicHealthEventCategory" AS ENUM ('INFECTIOUS_DISEASE', 'UNEXPLAINED_DISEASE', 'POISONING', 'OTHER');

-- CreateEnum
CREATE TYPE "PublicHealthEventGrade" AS ENUM ('I', 'II', 'III', 'IV');

-- CreateEnum
CREATE TYPE "PublicHealthEventState" AS ENUM ('RESPONDING', 'OBSERVING', 'ENDED');

-- CreateTable
CREATE TABLE "health_facility" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" "HealthFacilityType" NOT NULL,
    "community_code" TEXT NOT NULL,
    "area_m2" INTEGER NOT NULL,
    "health_technicians" INTEGER NOT NULL,
    "general_practitioners" INTEGER NOT NULL,
    "public_health_physicians" INTEGER NOT NULL,
    "epidemiologists" INTEGER NOT NULL,
    "counselling_room" BOOLEAN NOT NULL,
    "licence_no" TEXT NOT NULL,
    "opening_hours" TEXT NOT NULL,

    CONSTRAINT "health_facility_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "nursery" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "places" INTEGER NOT NULL,
    "available_places" INTEGER NOT NULL,
    "full_day" BOOLEAN NOT NULL,
    "half_day" BOOLEAN NOT NULL,
    "hourly" BOOLEAN NOT NULL,
    "temporary" BOOLEAN NOT NULL,
    "age_groups" "NurseryAgeGroup"[],
    "inclusive" BOOLEAN NOT NULL,
    "licensed" BOOLEAN NOT NULL,
    "opening_hours" TEXT NOT NULL,

    CONSTRAINT "nursery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "family_doctor_contract" (
    "id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "doctor_id" TEXT NOT NULL,
    "doctor" TEXT NOT NULL,
    "facility_id" TEXT NOT NULL,
    "package" "FamilyDoctorPackage" NOT NULL,
    "signed_on" DATE NOT NULL,
    "expires_on" DATE NOT NULL,

    CONSTRAINT "family_doctor_contract_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "health_record" (
    "record_no" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "facility_id" TEXT NOT NULL,
    "blood_type" "BloodType",
    "allergies" TEXT[],
    "chronic_conditions" "ChronicCondition"[],
    "last_checkup_on" DATE,

    CONSTRAINT "health_record_pkey" PRIMARY KEY ("record_no")
);

-- CreateTable
CREATE TABLE "vaccination" (
    "id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "vaccine" TEXT NOT NULL,
    "dose" INTEGER NOT NULL,
    "vaccinated_on" DATE NOT NULL,
    "facility_id" TEXT NOT NULL,

    CONSTRAINT "vaccination_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "health_appointment" (
    "id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "service" "HealthService" NOT NULL,
    "facility_id" TEXT NOT NULL,
    "state" "HealthAppointmentState" NOT NULL,

    CONSTRAINT "health_appointment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mental_health_referral" (
    "id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "risk" "MentalHealthRisk" NOT NULL,
    "from_facility_id" TEXT NOT NULL,
    "to_institution" TEXT NOT NULL,
    "state" "MentalHealthReferralState" NOT NULL,
    "referred_on" DATE NOT NULL,

    CONSTRAINT "mental_health_referral_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "public_health_event" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "category" "PublicHealthEventCategory" NOT NULL,
    "grade" "PublicHealthEventGrade" NOT NULL,
    "state" "PublicHealthEventState" NOT NULL,
    "community_code" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "advice" TEXT NOT NULL,

    CONSTRAINT "public_health_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "health_facility_licence_no_key" ON "health_facility"("licence_no");

-- CreateIndex
CREATE INDEX "health_facility_community_code_id_idx" ON "health_facility"("community_code", "id");

-- CreateIndex
CREATE INDEX "health_facility_type_community_code_idx" ON "health_facility"("type", "community_code");

-- CreateIndex
CREATE INDEX "health_facility_counselling_room_community_code_idx" ON "health_facility"("counselling_room", "community_code");

-- CreateIndex
CREATE INDEX "nursery_community_code_id_idx" ON "nursery"("community_code", "id");

-- CreateIndex
CREATE INDEX "nursery_available_places_idx" ON "nursery"("available_places");

-- CreateIndex
CREATE UNIQUE INDEX "family_doctor_contract_resident_id_key" ON "family_doctor_contract"("resident_id");

-- CreateIndex
CREATE INDEX "family_doctor_contract_community_code_id_idx" ON "family_doctor_contract"("community_code", "id");

-- CreateIndex
CREATE INDEX "family_doctor_contract_facility_id_id_idx" ON "family_doctor_contract"("facility_id", "id");

-- CreateIndex
CREATE INDEX "family_doctor_contract_expires_on_idx" ON "family_doctor_contract"("expires_on");

-- CreateIndex
CREATE UNIQUE INDEX "health_record_resident_id_key" ON "health_record"("resident_id");

-- CreateIndex
CREATE UNIQUE INDEX "vaccination_resident_id_vaccine_dose_key" ON "vaccination"("resident_id", "vaccine", "dose");

-- CreateIndex
CREATE INDEX "health_appointment_resident_id_at_id_idx" ON "health_appointment"("resident_id", "at", "id");

-- CreateIndex
CREATE INDEX "mental_health_referral_community_code_id_idx" ON "mental_health_referral"("community_code", "id");

-- CreateIndex
CREATE INDEX "mental_health_referral_resident_id_idx" ON "mental_health_referral"("resident_id");

-- CreateIndex
CREATE INDEX "public_health_event_community_code_id_idx" ON "public_health_event"("community_code", "id");

-- CreateIndex
CREATE INDEX "public_health_event_state_community_code_idx" ON "public_health_event"("state", "community_code");
