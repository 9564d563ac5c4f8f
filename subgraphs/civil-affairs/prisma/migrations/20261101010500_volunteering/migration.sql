-- CreateEnum
CREATE TYPE "VolunteerField" AS ENUM ('ELDERS', 'CHILDREN', 'DISABILITY', 'ENVIRONMENT', 'CULTURE', 'HEALTH', 'EMERGENCY', 'NEIGHBOURS');

-- CreateEnum
CREATE TYPE "VolunteerProjectState" AS ENUM ('OPEN', 'DONE', 'CANCELLED');

-- CreateEnum
CREATE TYPE "VolunteerNeedState" AS ENUM ('OPEN', 'MATCHED', 'MET', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "VolunteerSignUpState" AS ENUM ('SIGNED_UP', 'CHECKED_IN', 'CANCELLED');

-- CreateTable
CREATE TABLE "volunteer_station" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "facility_id" TEXT NOT NULL,
    "opening_hours" TEXT NOT NULL,

    CONSTRAINT "volunteer_station_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "volunteer_project" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "field" "VolunteerField" NOT NULL,
    "station_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "places" INTEGER NOT NULL,
    "taken" INTEGER NOT NULL DEFAULT 0,
    "state" "VolunteerProjectState" NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "volunteer_project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "volunteer" (
    "id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "fields" "VolunteerField"[] DEFAULT ARRAY[]::"VolunteerField"[],
    "registered_on" DATE NOT NULL,
    "minutes" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "volunteer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "volunteer_need" (
    "id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "field" "VolunteerField" NOT NULL,
    "text" TEXT NOT NULL,
    "wanted_on" DATE NOT NULL,
    "state" "VolunteerNeedState" NOT NULL,
    "project_id" TEXT,
    "volunteer_id" TEXT,
    "community_code" TEXT NOT NULL,
    "parties" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "volunteer_need_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "volunteer_sign_up" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "state" "VolunteerSignUpState" NOT NULL,
    "checked_in_at" TIMESTAMPTZ(3),
    "minutes" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "volunteer_sign_up_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "volunteer_station_facility_id_key" ON "volunteer_station"("facility_id");

-- CreateIndex
CREATE INDEX "volunteer_station_community_code_id_idx" ON "volunteer_station"("community_code", "id");

-- CreateIndex
CREATE INDEX "volunteer_project_community_code_id_idx" ON "volunteer_project"("community_code", "id");

-- CreateIndex
CREATE INDEX "volunteer_project_station_id_id_idx" ON "volunteer_project"("station_id", "id");

-- CreateIndex
CREATE INDEX "volunteer_project_field_community_code_idx" ON "volunteer_project"("field", "community_code");

-- CreateIndex
CREATE INDEX "volunteer_project_state_community_code_idx" ON "volunteer_project"("state", "community_code");

-- CreateIndex
CREATE UNIQUE INDEX "volunteer_resident_id_key" ON "volunteer"("resident_id");

-- CreateIndex
CREATE INDEX "volunteer_community_code_id_idx" ON "volunteer"("community_code", "id");

-- CreateIndex
CREATE INDEX "volunteer_fields_idx" ON "volunteer" USING GIN ("fields");

-- CreateIndex
CREATE INDEX "volunteer_need_community_code_id_idx" ON "volunteer_need"("community_code", "id");

-- CreateIndex
CREATE INDEX "volunteer_need_field_community_code_idx" ON "volunteer_need"("field", "community_code");

-- CreateIndex
CREATE INDEX "volunteer_need_state_community_code_idx" ON "volunteer_need"("state", "community_code");

-- CreateIndex
CREATE INDEX "volunteer_need_parties_idx" ON "volunteer_need" USING GIN ("parties");

-- CreateIndex
CREATE INDEX "volunteer_sign_up_resident_id_id_idx" ON "volunteer_sign_up"("resident_id", "id");

-- CreateIndex
CREATE INDEX "volunteer_sign_up_community_code_id_idx" ON "volunteer_sign_up"("community_code", "id");

-- CreateIndex
CREATE UNIQUE INDEX "volunteer_sign_up_project_id_resident_id_key" ON "volunteer_sign_up"("project_id", "resident_id");
