-- CreateEnum
CREATE TYPE "EdgeDeviceKind" AS ENUM ('WATER_METER', 'ELECTRICITY_METER', 'GAS_DETECTOR', 'SMOKE_DETECTOR', 'LIFT_MONITOR', 'WASTE_SORTING', 'UNMANNED_SHOP');

-- CreateEnum
CREATE TYPE "EdgeDeviceStatus" AS ENUM ('ONLINE', 'OFFLINE', 'ALARM');

-- CreateEnum
CREATE TYPE "PremisesProposalState" AS ENUM ('PENDING', 'APPROVED', 'REJECTED');

-- CreateEnum
CREATE TYPE "InspectionRoundState" AS ENUM ('PLANNED', 'DONE', 'CANCELLED');

-- CreateEnum
CREATE TYPE "AccessibilityItem" AS ENUM ('HANDRAIL', 'ANTI_SLIP', 'RAMP', 'BATHROOM', 'NIGHT_LIGHT', 'EMERGENCY_CALL');

-- CreateEnum
CREATE TYPE "AccessibilityWorkState" AS ENUM ('APPLIED', 'ASSESSED', 'UNDER_WAY', 'COMPLETED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "RepairCategory" AS ENUM ('PLUMBING', 'ELECTRICITY', 'LIFT', 'ACCESS', 'COMMON_PARTS', 'OTHER');

-- CreateEnum
CREATE TYPE "RepairState" AS ENUM ('REPORTED', 'ACCEPTED', 'UNDER_WAY', 'DONE', 'CONFIRMED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "LeaseFilingState" AS ENUM ('FILED', 'ENDED');

-- CreateTable
CREATE TABLE "parking_lot" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "spaces" INTEGER NOT NULL,
    "free_spaces" INTEGER NOT NULL,
    "charging_spaces" INTEGER NOT NULL,
    "accessible_spaces" INTEGER NOT NULL,
    "reported_at" TIMESTAMPTZ(3) NOT NULL,
    "project_id" TEXT,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "parking_lot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "edge_device" (
    "id" TEXT NOT NULL,
    "kind" "EdgeDeviceKind" NOT NULL,
    "location" TEXT NOT NULL,
    "status" "EdgeDeviceStatus" NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "installed_on" DATE NOT NULL,
    "building_code" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "edge_device_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "premises_proposal" (
    "id" TEXT NOT NULL,
    "premises_id" TEXT NOT NULL,
    "use" "IdlePremisesUse" NOT NULL,
    "operator" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "state" "PremisesProposalState" NOT NULL DEFAULT 'PENDING',
    "proposed_on" DATE NOT NULL,
    "decided_on" DATE,
    "decision" TEXT,
    "community_code" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "premises_proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inspection_round" (
    "id" TEXT NOT NULL,
    "state" "InspectionRoundState" NOT NULL DEFAULT 'PLANNED',
    "planned_for" DATE NOT NULL,
    "visited_on" DATE,
    "note" TEXT,
    "hazards_found" INTEGER NOT NULL DEFAULT 0,
    "project_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "inspection_round_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accessibility_work" (
    "id" TEXT NOT NULL,
    "state" "AccessibilityWorkState" NOT NULL DEFAULT 'APPLIED',
    "items" "AccessibilityItem"[],
    "reason" TEXT NOT NULL,
    "applied_on" DATE NOT NULL,
    "subsidy" INTEGER,
    "accepted_on" DATE,
    "unit_code" TEXT NOT NULL,
    "applicant_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "accessibility_work_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "repair_request" (
    "id" TEXT NOT NULL,
    "category" "RepairCategory" NOT NULL,
    "state" "RepairState" NOT NULL DEFAULT 'REPORTED',
    "location" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "reported_at" TIMESTAMPTZ(3) NOT NULL,
    "unit_code" TEXT,
    "project_id" TEXT NOT NULL,
    "reporter_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "repair_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unit_ownership" (
    "id" TEXT NOT NULL,
    "unit_code" TEXT NOT NULL,
    "owners" TEXT[],
    "registered_on" DATE NOT NULL,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "unit_ownership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lease_filing" (
    "id" TEXT NOT NULL,
    "state" "LeaseFilingState" NOT NULL DEFAULT 'FILED',
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "monthly_rent" INTEGER NOT NULL,
    "filed_on" DATE NOT NULL,
    "ended_on" DATE,
    "unit_code" TEXT NOT NULL,
    "tenancy_id" TEXT,
    "household_id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "parties" TEXT[],
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "lease_filing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_step" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "note" TEXT,
    "actor" TEXT,

    CONSTRAINT "case_step_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "parking_lot_community_code_id_idx" ON "parking_lot"("community_code", "id");

-- CreateIndex
CREATE INDEX "parking_lot_project_id_id_idx" ON "parking_lot"("project_id", "id");

-- CreateIndex
CREATE INDEX "edge_device_community_code_id_idx" ON "edge_device"("community_code", "id");

-- CreateIndex
CREATE INDEX "edge_device_project_id_id_idx" ON "edge_device"("project_id", "id");

-- CreateIndex
CREATE INDEX "edge_device_status_id_idx" ON "edge_device"("status", "id");

-- CreateIndex
CREATE INDEX "edge_device_kind_id_idx" ON "edge_device"("kind", "id");

-- CreateIndex
CREATE INDEX "edge_device_handlers_idx" ON "edge_device" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "premises_proposal_premises_id_id_idx" ON "premises_proposal"("premises_id", "id");

-- CreateIndex
CREATE INDEX "premises_proposal_community_code_id_idx" ON "premises_proposal"("community_code", "id");

-- CreateIndex
CREATE INDEX "premises_proposal_state_id_idx" ON "premises_proposal"("state", "id");

-- CreateIndex
CREATE INDEX "inspection_round_community_code_id_idx" ON "inspection_round"("community_code", "id");

-- CreateIndex
CREATE INDEX "inspection_round_project_id_id_idx" ON "inspection_round"("project_id", "id");

-- CreateIndex
CREATE INDEX "inspection_round_state_planned_for_idx" ON "inspection_round"("state", "planned_for");

-- CreateIndex
CREATE INDEX "inspection_round_handlers_idx" ON "inspection_round" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "accessibility_work_community_code_id_idx" ON "accessibility_work"("community_code", "id");

-- CreateIndex
CREATE INDEX "accessibility_work_applicant_id_id_idx" ON "accessibility_work"("applicant_id", "id");

-- CreateIndex
CREATE INDEX "accessibility_work_state_id_idx" ON "accessibility_work"("state", "id");

-- CreateIndex
CREATE INDEX "accessibility_work_handlers_idx" ON "accessibility_work" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "repair_request_community_code_id_idx" ON "repair_request"("community_code", "id");

-- CreateIndex
CREATE INDEX "repair_request_project_id_id_idx" ON "repair_request"("project_id", "id");

-- CreateIndex
CREATE INDEX "repair_request_reporter_id_id_idx" ON "repair_request"("reporter_id", "id");

-- CreateIndex
CREATE INDEX "repair_request_state_id_idx" ON "repair_request"("state", "id");

-- CreateIndex
CREATE INDEX "repair_request_handlers_idx" ON "repair_request" USING GIN ("handlers");

-- CreateIndex
CREATE UNIQUE INDEX "unit_ownership_unit_code_key" ON "unit_ownership"("unit_code");

-- CreateIndex
CREATE INDEX "unit_ownership_owners_idx" ON "unit_ownership" USING GIN ("owners");

-- CreateIndex
CREATE UNIQUE INDEX "lease_filing_tenancy_id_key" ON "lease_filing"("tenancy_id");

-- CreateIndex
CREATE INDEX "lease_filing_community_code_id_idx" ON "lease_filing"("community_code", "id");

-- CreateIndex
CREATE INDEX "lease_filing_community_code_ends_on_idx" ON "lease_filing"("community_code", "ends_on");

-- CreateIndex
CREATE INDEX "lease_filing_tenant_id_id_idx" ON "lease_filing"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "lease_filing_parties_idx" ON "lease_filing" USING GIN ("parties");

-- CreateIndex
CREATE INDEX "lease_filing_handlers_idx" ON "lease_filing" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "case_step_case_id_at_idx" ON "case_step"("case_id", "at");

-- The course of a case, and the ballots of a decided vote, are added to and never rewritten.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

CREATE TRIGGER "case_step_append_only" BEFORE UPDATE OR DELETE ON "case_step"
FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

CREATE TRIGGER "owners_ballot_append_only" BEFORE UPDATE OR DELETE ON "owners_ballot"
FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
