-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "DeliveryState" AS ENUM ('PENDING', 'DELIVERED', 'DEAD');

-- CreateTable
CREATE TABLE "platform" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "feeds" TEXT[],
    "accepts" TEXT[],
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "platform_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "inbound_event" (
    "id" TEXT NOT NULL,
    "platform_code" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "inbound_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" TEXT NOT NULL,
    "platform_code" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" "DeliveryState" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "next_attempt_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "inbound_event_community_code_id_idx" ON "inbound_event"("community_code", "id");

-- CreateIndex
CREATE INDEX "inbound_event_platform_code_id_idx" ON "inbound_event"("platform_code", "id");

-- CreateIndex
CREATE INDEX "inbound_event_type_id_idx" ON "inbound_event"("type", "id");

-- CreateIndex
CREATE INDEX "inbound_event_platform_code_received_at_idx" ON "inbound_event"("platform_code", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "inbound_event_platform_code_external_id_key" ON "inbound_event"("platform_code", "external_id");

-- CreateIndex
CREATE INDEX "delivery_platform_code_state_id_idx" ON "delivery"("platform_code", "state", "id");

-- CreateIndex
CREATE INDEX "delivery_state_id_idx" ON "delivery"("state", "id");

-- CreateIndex
CREATE INDEX "delivery_platform_code_key_state_id_idx" ON "delivery"("platform_code", "key", "state", "id");

-- CreateIndex
CREATE INDEX "delivery_state_next_attempt_at_idx" ON "delivery"("state", "next_attempt_at");

-- CreateIndex
CREATE INDEX "delivery_platform_code_delivered_at_idx" ON "delivery"("platform_code", "delivered_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_platform_code_event_id_key" ON "delivery"("platform_code", "event_id");

-- In whose order events come to platforms.
CREATE SEQUENCE "delivery_number";
