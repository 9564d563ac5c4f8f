-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "RegistrationKind" AS ENUM ('HUKOU', 'RESIDENCE');

-- CreateEnum
CREATE TYPE "GridEventKind" AS ENUM ('FIRE_HAZARD', 'POWER_AND_GAS', 'PUBLIC_ORDER', 'DISPUTE', 'CROWDED_PLACE', 'PUBLIC_WORKS', 'ENVIRONMENT', 'WATER_AND_SLOPE');

-- CreateEnum
CREATE TYPE "GridEventSource" AS ENUM ('GRID_WORKER', 'RESIDENT', 'SENSOR', 'APPEAL', 'CITY_PLATFORM');

-- CreateEnum
CREATE TYPE "GridEventStage" AS ENUM ('FOUND', 'DISPATCHED', 'HANDLING', 'SUPERVISED', 'ANALYSED');

-- CreateEnum
CREATE TYPE "EmergencyShelterKind" AS ENUM ('INDOOR', 'OUTDOOR');

-- CreateEnum
CREATE TYPE "EmergencyHazard" AS ENUM ('TYPHOON', 'RAINSTORM', 'THUNDERSTORM', 'HEAT', 'WATERLOGGING', 'LANDSLIDE', 'FIRE', 'CROWDING');

-- CreateEnum
CREATE TYPE "WarningLevel" AS ENUM ('BLUE', 'YELLOW', 'ORANGE', 'RED');

-- CreateEnum
CREATE TYPE "SurveillanceSiteKind" AS ENUM ('ROAD', 'ENTRANCE', 'PUBLIC_PLACE');

-- CreateTable
CREATE TABLE "police_post" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "opening_hours" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "police_post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "community_officer" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "badge" TEXT NOT NULL,
    "on_duty" BOOLEAN NOT NULL,
    "community_code" TEXT NOT NULL,
    "post_id" TEXT,

    CONSTRAINT "community_officer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "population_registration" (
    "id" TEXT NOT NULL,
    "kind" "RegistrationKind" NOT NULL,
    "id_number" TEXT NOT NULL,
    "registered_on" DATE NOT NULL,
    "registered_place" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,

    CONSTRAINT "population_registration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "residence_permit" (
    "no" TEXT NOT NULL,
    "issued_on" DATE NOT NULL,
    "valid_until" DATE NOT NULL,
    "cancelled_on" DATE,
    "holder_id" TEXT NOT NULL,

    CONSTRAINT "residence_permit_pkey" PRIMARY KEY ("no")
);

-- CreateTable
CREATE TABLE "grid_cell" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "buildings" INTEGER NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "grid_cell_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "grid_event" (
    "id" TEXT NOT NULL,
    "kind" "GridEventKind" NOT NULL,
    "source" "GridEventSource" NOT NULL,
    "stage" "GridEventStage" NOT NULL,
    "title" TEXT NOT NULL,
    "reported_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "grid_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "grid_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "emergency_shelter" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "EmergencyShelterKind" NOT NULL,
    "capacity" INTEGER NOT NULL,
    "supplies_days" INTEGER NOT NULL,
    "accessible" BOOLEAN NOT NULL,
    "community_code" TEXT NOT NULL,
    "facility_id" TEXT NOT NULL,

    CONSTRAINT "emergency_shelter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "emergency_plan" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "hazards" "EmergencyHazard"[],
    "approved_on" DATE NOT NULL,
    "last_drill_on" DATE,
    "shelter_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "emergency_plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "warning" (
    "id" TEXT NOT NULL,
    "kind" "EmergencyHazard" NOT NULL,
    "level" "WarningLevel" NOT NULL,
    "text" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "lifted_at" TIMESTAMPTZ(3),

    CONSTRAINT "warning_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "warning_area" (
    "warning_id" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,

    CONSTRAINT "warning_area_pkey" PRIMARY KEY ("warning_id","prefix")
);

-- CreateTable
CREATE TABLE "surveillance_site" (
    "id" TEXT NOT NULL,
    "kind" "SurveillanceSiteKind" NOT NULL,
    "online" BOOLEAN NOT NULL,
    "location" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "surveillance_site_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "police_post_community_code_id_idx" ON "police_post"("community_code", "id");

-- CreateIndex
CREATE UNIQUE INDEX "community_officer_badge_key" ON "community_officer"("badge");

-- CreateIndex
CREATE INDEX "community_officer_community_code_id_idx" ON "community_officer"("community_code", "id");

-- CreateIndex
CREATE INDEX "community_officer_post_id_id_idx" ON "community_officer"("post_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "population_registration_resident_id_key" ON "population_registration"("resident_id");

-- CreateIndex
CREATE INDEX "population_registration_community_code_id_idx" ON "population_registration"("community_code", "id");

-- CreateIndex
CREATE INDEX "population_registration_kind_community_code_id_idx" ON "population_registration"("kind", "community_code", "id");

-- CreateIndex
CREATE UNIQUE INDEX "residence_permit_holder_id_key" ON "residence_permit"("holder_id");

-- CreateIndex
CREATE INDEX "grid_cell_community_code_code_idx" ON "grid_cell"("community_code", "code");

-- CreateIndex
CREATE INDEX "grid_event_community_code_id_idx" ON "grid_event"("community_code", "id");

-- CreateIndex
CREATE INDEX "grid_event_grid_code_id_idx" ON "grid_event"("grid_code", "id");

-- CreateIndex
CREATE INDEX "grid_event_stage_community_code_idx" ON "grid_event"("stage", "community_code");

-- CreateIndex
CREATE INDEX "grid_event_kind_community_code_idx" ON "grid_event"("kind", "community_code");

-- CreateIndex
CREATE INDEX "grid_event_reported_at_idx" ON "grid_event"("reported_at");

-- CreateIndex
CREATE INDEX "emergency_shelter_community_code_id_idx" ON "emergency_shelter"("community_code", "id");

-- CreateIndex
CREATE INDEX "emergency_shelter_capacity_idx" ON "emergency_shelter"("capacity");

-- CreateIndex
CREATE UNIQUE INDEX "emergency_plan_community_code_key" ON "emergency_plan"("community_code");

-- CreateIndex
CREATE INDEX "warning_level_id_idx" ON "warning"("level", "id");

-- CreateIndex
CREATE INDEX "warning_area_prefix_idx" ON "warning_area"("prefix");

-- CreateIndex
CREATE INDEX "surveillance_site_community_code_id_idx" ON "surveillance_site"("community_code", "id");

-- CreateIndex
CREATE INDEX "surveillance_site_kind_community_code_idx" ON "surveillance_site"("kind", "community_code");

-- AddForeignKey
ALTER TABLE "warning_area" ADD CONSTRAINT "warning_area_warning_id_fkey" FOREIGN KEY ("warning_id") REFERENCES "warning"("id") ON DELETE CASCADE ON UPDATE CASCADE;
