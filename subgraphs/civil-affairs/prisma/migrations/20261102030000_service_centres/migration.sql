-- CreateEnum
CREATE TYPE "KioskFunction" AS ENUM ('CATALOGUE', 'APPLY', 'OWN_CASES', 'PRINT');

-- CreateEnum
CREATE TYPE "ServiceResourceKind" AS ENUM ('SPACE', 'ACTIVITY', 'EXPERTISE', 'EQUIPMENT');

-- CreateEnum
CREATE TYPE "HoursKind" AS ENUM ('STAGGERED', 'EXTENDED');

-- CreateTable
CREATE TABLE "kiosk" (
    "id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "facility_id" TEXT NOT NULL,
    "location" TEXT NOT NULL,
    "online" BOOLEAN NOT NULL,
    "functions" "KioskFunction"[],
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "kiosk_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "kiosk_session" (
    "id" TEXT NOT NULL,
    "kiosk_id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "kiosk_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_resource" (
    "id" TEXT NOT NULL,
    "facility_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "kind" "ServiceResourceKind" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "hours" TEXT NOT NULL,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "service_resource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_flow" (
    "id" TEXT NOT NULL,
    "facility_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "item_code" TEXT,
    "name" TEXT NOT NULL,
    "steps" TEXT[],
    "published_on" DATE NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "service_flow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "extended_hours" (
    "id" TEXT NOT NULL,
    "facility_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "kind" "HoursKind" NOT NULL,
    "days" TEXT[],
    "opens" TEXT NOT NULL,
    "closes" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "extended_hours_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "kiosk_community_code_id_idx" ON "kiosk"("community_code", "id");

-- CreateIndex
CREATE UNIQUE INDEX "kiosk_session_kiosk_id_key" ON "kiosk_session"("kiosk_id");

-- CreateIndex
CREATE INDEX "kiosk_session_community_code_id_idx" ON "kiosk_session"("community_code", "id");

-- CreateIndex
CREATE INDEX "kiosk_session_resident_id_idx" ON "kiosk_session"("resident_id");

-- CreateIndex
CREATE INDEX "kiosk_session_expires_at_idx" ON "kiosk_session"("expires_at");

-- CreateIndex
CREATE INDEX "service_resource_community_code_id_idx" ON "service_resource"("community_code", "id");

-- CreateIndex
CREATE INDEX "service_resource_facility_id_id_idx" ON "service_resource"("facility_id", "id");

-- CreateIndex
CREATE INDEX "service_flow_community_code_id_idx" ON "service_flow"("community_code", "id");

-- CreateIndex
CREATE INDEX "service_flow_facility_id_id_idx" ON "service_flow"("facility_id", "id");

-- CreateIndex
CREATE INDEX "extended_hours_facility_id_id_idx" ON "extended_hours"("facility_id", "id");
