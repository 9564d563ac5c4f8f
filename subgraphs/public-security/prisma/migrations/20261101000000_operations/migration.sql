-- What the police, the grid and the emergency services do, beside what they know: courses of events, duty, visits,
-- applications, alerts, supplies, warnings' wordings, watch teams, legal help.

-- Enums
ALTER TYPE "CorrectionKind" ADD VALUE 'RELEASED_AID';
CREATE TYPE "CorrectionVisitKind" AS ENUM ('HOME_VISIT', 'REPORT', 'TALK', 'TEST', 'AID');
CREATE TYPE "CorrectionVisitOutcome" AS ENUM ('COMPLIANT', 'WARNED', 'BREACHED', 'HELPED');
CREATE TYPE "SurveillanceNetwork" AS ENUM ('SHARP_EYES', 'SMART_SECURITY');
CREATE TYPE "DeviceAlertKind" AS ENUM ('SMOKE', 'GAS_LEAK', 'E_BIKE_INDOORS', 'INTRUSION', 'CROWD', 'FALLING_OBJECT', 'FLOODING');
CREATE TYPE "SupplyItem" AS ENUM ('WATER', 'FOOD', 'BLANKET', 'TENT', 'FIRST_AID', 'TORCH', 'LIFE_JACKET', 'SANDBAG');
CREATE TYPE "SupplyMovementKind" AS ENUM ('IN', 'OUT', 'TRANSFER');
ALTER TYPE "GridEventSource" ADD VALUE 'POLICE';
CREATE TYPE "GridHandlingUnit" AS ENUM ('COMMUNITY', 'STREET', 'POLICE', 'FIRE_RESCUE', 'URBAN_MANAGEMENT', 'HOUSING', 'HEALTH', 'EMERGENCY', 'WATER', 'PROPERTY');
CREATE TYPE "GridEventCause" AS ENUM ('NEGLIGENCE', 'WEAR', 'CONSTRUCTION', 'WEATHER', 'QUARREL', 'FALSE_ALARM', 'OTHER');
CREATE TYPE "GridEventAction" AS ENUM ('REPORTED', 'DISPATCHED', 'HANDLED', 'FINISHED', 'SUPERVISED', 'ESCALATED', 'CLOSED');
CREATE TYPE "GridVisitOutcome" AS ENUM ('WELL', 'NOT_MET', 'NEEDS_HELP');
CREATE TYPE "LegalHelperKind" AS ENUM ('ADVISER', 'LEGALLY_VERSED');
CREATE TYPE "LegalTopic" AS ENUM ('LABOUR', 'HOUSING', 'FAMILY', 'CONSUMPTION', 'NEIGHBOURS', 'OTHER');
CREATE TYPE "LegalConsultationState" AS ENUM ('BOOKED', 'CANCELLED');
CREATE TYPE "MediationKind" AS ENUM ('NEIGHBOURS', 'FAMILY', 'TENANCY', 'PROPERTY_SERVICE', 'WAGES', 'CONSUMPTION');
CREATE TYPE "MediationState" AS ENUM ('REQUESTED', 'ACCEPTED', 'SETTLED', 'FAILED', 'WITHDRAWN');
CREATE TYPE "PermitApplicationKind" AS ENUM ('ISSUE', 'ENDORSE');
CREATE TYPE "PermitGround" AS ENUM ('EMPLOYMENT', 'HOME', 'STUDY');
CREATE TYPE "PermitApplicationState" AS ENUM ('SUBMITTED', 'APPROVED', 'REJECTED', 'WITHDRAWN');
CREATE TYPE "FraudMethod" AS ENUM ('FAKE_SERVICE', 'FAKE_POLICE', 'PART_TIME_JOB', 'INVESTMENT', 'LOAN', 'ROMANCE', 'SHOPPING', 'ELDER_PRODUCTS');
CREATE TYPE "WatchTeamKind" AS ENUM ('SECURITY_COMMITTEE', 'BUILDING_LEADERS', 'PATROL');
CREATE TYPE "TrainingTopic" AS ENUM ('FRAUD_PREVENTION', 'DRUG_PREVENTION', 'FIRE_SAFETY', 'FIRST_AID', 'PATROL', 'CULT_PREVENTION', 'EMERGENCY_RESPONSE');
CREATE TYPE "DutyKind" AS ENUM ('POLICE_POST', 'EMERGENCY');
CREATE TYPE "WarningChannel" AS ENUM ('APP', 'SMS', 'SCREEN', 'BROADCAST');
CREATE TYPE "WarningAct" AS ENUM ('PUBLISHED', 'UPDATED', 'WITHDRAWN');

-- Columns
ALTER TABLE "incident" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

ALTER TABLE "surveillance_site" ADD COLUMN "network" "SurveillanceNetwork" NOT NULL DEFAULT 'SHARP_EYES',
ADD COLUMN "grid_code" TEXT;

ALTER TABLE "emergency_shelter" ADD COLUMN "open" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "opened_at" TIMESTAMPTZ(3),
ADD COLUMN "opened_for" "EmergencyHazard",
ADD COLUMN "occupants" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1;

ALTER TABLE "grid_event" ADD COLUMN "description" TEXT,
ADD COLUMN "location" TEXT,
ADD COLUMN "lead_unit" "GridHandlingUnit",
ADD COLUMN "joint_units" "GridHandlingUnit"[] DEFAULT ARRAY[]::"GridHandlingUnit"[],
ADD COLUMN "reported_units" "GridHandlingUnit"[] DEFAULT ARRAY[]::"GridHandlingUnit"[],
ADD COLUMN "supervision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "escalate_at" TIMESTAMPTZ(3),
ADD COLUMN "handled_at" TIMESTAMPTZ(3),
ADD COLUMN "closed_at" TIMESTAMPTZ(3),
ADD COLUMN "cause" "GridEventCause",
ADD COLUMN "result" TEXT,
ADD COLUMN "external_no" TEXT,
ADD COLUMN "site_id" TEXT,
ADD COLUMN "reporters" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

ALTER TABLE "residence_permit" ADD COLUMN "endorsed_until" DATE,
ADD COLUMN "expired_on" DATE;

ALTER TABLE "warning" ADD COLUMN "channels" "WarningChannel"[] DEFAULT ARRAY['APP']::"WarningChannel"[],
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- Tables
CREATE TABLE "incident_step" (
    "incident_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "state" "IncidentState" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,

    CONSTRAINT "incident_step_pkey" PRIMARY KEY ("incident_id","number")
);

CREATE TABLE "correction_visit" (
    "id" TEXT NOT NULL,
    "kind" "CorrectionVisitKind" NOT NULL,
    "outcome" "CorrectionVisitOutcome" NOT NULL,
    "visited_on" DATE NOT NULL,
    "note" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "minor_until" DATE,

    CONSTRAINT "correction_visit_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "device_alert" (
    "id" TEXT NOT NULL,
    "kind" "DeviceAlertKind" NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "site_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "device_alert_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "supply_stock" (
    "id" TEXT NOT NULL,
    "item" "SupplyItem" NOT NULL,
    "quantity" INTEGER NOT NULL,
    "opening" INTEGER NOT NULL,
    "minimum" INTEGER NOT NULL,
    "shelter_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "supply_stock_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "supply_movement" (
    "id" TEXT NOT NULL,
    "kind" "SupplyMovementKind" NOT NULL,
    "item" "SupplyItem" NOT NULL,
    "quantity" INTEGER NOT NULL,
    "from_shelter_id" TEXT,
    "to_shelter_id" TEXT,
    "reason" TEXT NOT NULL,
    "moved_at" TIMESTAMPTZ(3) NOT NULL,
    "community_codes" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "supply_movement_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "emergency_drill" (
    "id" TEXT NOT NULL,
    "hazard" "EmergencyHazard" NOT NULL,
    "held_on" DATE NOT NULL,
    "participants" INTEGER NOT NULL,
    "summary" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "emergency_drill_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "broadcast_terminal" (
    "id" TEXT NOT NULL,
    "location" TEXT NOT NULL,
    "online" BOOLEAN NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "broadcast_terminal_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "grid_event_step" (
    "event_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "action" "GridEventAction" NOT NULL,
    "from" "GridEventStage",
    "to" "GridEventStage" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "unit" "GridHandlingUnit",
    "role" TEXT,
    "note" TEXT,

    CONSTRAINT "grid_event_step_pkey" PRIMARY KEY ("event_id","number")
);

CREATE TABLE "grid_visit" (
    "id" TEXT NOT NULL,
    "visited_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" "GridVisitOutcome" NOT NULL,
    "note" TEXT,
    "latest" BOOLEAN NOT NULL,
    "resident_id" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "minor_until" DATE,

    CONSTRAINT "grid_visit_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "legal_helper" (
    "id" TEXT NOT NULL,
    "kind" "LegalHelperKind" NOT NULL,
    "name" TEXT NOT NULL,
    "organization" TEXT NOT NULL,
    "weekdays" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "community_code" TEXT NOT NULL,

    CONSTRAINT "legal_helper_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "legal_consultation" (
    "id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "time" TEXT NOT NULL,
    "topic" "LegalTopic" NOT NULL,
    "state" "LegalConsultationState" NOT NULL,
    "adviser_id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "minor_until" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "legal_consultation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "mediation" (
    "id" TEXT NOT NULL,
    "kind" "MediationKind" NOT NULL,
    "state" "MediationState" NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "concluded_on" DATE,
    "matter" TEXT NOT NULL,
    "agreement" TEXT,
    "requester_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "minor_until" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "mediation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "legal_slot" (
    "adviser_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "time" TEXT NOT NULL,

    CONSTRAINT "legal_slot_pkey" PRIMARY KEY ("adviser_id","day","time")
);

CREATE TABLE "permit_application" (
    "no" TEXT NOT NULL,
    "kind" "PermitApplicationKind" NOT NULL,
    "ground" "PermitGround" NOT NULL,
    "state" "PermitApplicationState" NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "reason" TEXT,
    "applicant_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "minor_until" DATE,
    "open_for" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "permit_application_pkey" PRIMARY KEY ("no")
);

CREATE TABLE "fraud_alert" (
    "id" TEXT NOT NULL,
    "method" "FraudMethod" NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "fraud_alert_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "watch_team" (
    "id" TEXT NOT NULL,
    "kind" "WatchTeamKind" NOT NULL,
    "name" TEXT NOT NULL,
    "leader_name" TEXT NOT NULL,
    "members" INTEGER NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "watch_team_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "team_training" (
    "id" TEXT NOT NULL,
    "topic" "TrainingTopic" NOT NULL,
    "held_on" DATE NOT NULL,
    "attendees" INTEGER NOT NULL,
    "team_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "team_training_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "duty_shift" (
    "id" TEXT NOT NULL,
    "kind" "DutyKind" NOT NULL,
    "weekdays" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "from" TEXT NOT NULL,
    "until" TEXT NOT NULL,
    "post" TEXT NOT NULL,
    "phone" TEXT,
    "officer_id" TEXT,
    "community_code" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "duty_shift_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "warning_revision" (
    "warning_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "act" "WarningAct" NOT NULL,
    "level" "WarningLevel" NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "terminals" INTEGER,

    CONSTRAINT "warning_revision_pkey" PRIMARY KEY ("warning_id","version")
);

-- Indexes
CREATE INDEX "incident_kind_community_code_idx" ON "incident"("kind", "community_code");
CREATE INDEX "incident_state_community_code_idx" ON "incident"("state", "community_code");
CREATE INDEX "correction_visit_community_code_id_idx" ON "correction_visit"("community_code", "id");
CREATE INDEX "correction_visit_case_id_id_idx" ON "correction_visit"("case_id", "id");
CREATE INDEX "correction_visit_person_id_id_idx" ON "correction_visit"("person_id", "id");
CREATE INDEX "correction_visit_handlers_idx" ON "correction_visit" USING GIN ("handlers");
CREATE INDEX "device_alert_community_code_id_idx" ON "device_alert"("community_code", "id");
CREATE INDEX "device_alert_site_id_id_idx" ON "device_alert"("site_id", "id");
CREATE INDEX "device_alert_event_id_id_idx" ON "device_alert"("event_id", "id");
CREATE INDEX "emergency_shelter_open_community_code_idx" ON "emergency_shelter"("open", "community_code");
CREATE INDEX "supply_stock_community_code_id_idx" ON "supply_stock"("community_code", "id");
CREATE INDEX "supply_stock_item_community_code_idx" ON "supply_stock"("item", "community_code");
CREATE UNIQUE INDEX "supply_stock_shelter_id_item_key" ON "supply_stock"("shelter_id", "item");
CREATE INDEX "supply_movement_from_shelter_id_id_idx" ON "supply_movement"("from_shelter_id", "id");
CREATE INDEX "supply_movement_to_shelter_id_id_idx" ON "supply_movement"("to_shelter_id", "id");
CREATE INDEX "supply_movement_community_codes_idx" ON "supply_movement" USING GIN ("community_codes");
CREATE INDEX "emergency_drill_community_code_id_idx" ON "emergency_drill"("community_code", "id");
CREATE UNIQUE INDEX "emergency_drill_community_code_hazard_held_on_key" ON "emergency_drill"("community_code", "hazard", "held_on");
CREATE INDEX "broadcast_terminal_community_code_id_idx" ON "broadcast_terminal"("community_code", "id");
CREATE INDEX "grid_event_escalate_at_idx" ON "grid_event"("escalate_at");
CREATE INDEX "grid_event_site_id_idx" ON "grid_event"("site_id");
CREATE INDEX "grid_event_reporters_idx" ON "grid_event" USING GIN ("reporters");
CREATE INDEX "grid_event_handlers_idx" ON "grid_event" USING GIN ("handlers");
CREATE UNIQUE INDEX "grid_event_source_external_no_key" ON "grid_event"("source", "external_no");
CREATE INDEX "grid_visit_community_code_id_idx" ON "grid_visit"("community_code", "id");
CREATE INDEX "grid_visit_community_code_latest_visited_at_idx" ON "grid_visit"("community_code", "latest", "visited_at");
CREATE INDEX "grid_visit_resident_id_id_idx" ON "grid_visit"("resident_id", "id");
CREATE INDEX "grid_visit_handlers_idx" ON "grid_visit" USING GIN ("handlers");
CREATE INDEX "legal_helper_community_code_id_idx" ON "legal_helper"("community_code", "id");
CREATE INDEX "legal_helper_kind_community_code_idx" ON "legal_helper"("kind", "community_code");
CREATE INDEX "legal_consultation_community_code_id_idx" ON "legal_consultation"("community_code", "id");
CREATE INDEX "legal_consultation_resident_id_id_idx" ON "legal_consultation"("resident_id", "id");
CREATE INDEX "mediation_community_code_id_idx" ON "mediation"("community_code", "id");
CREATE INDEX "mediation_requester_id_id_idx" ON "mediation"("requester_id", "id");
CREATE INDEX "mediation_state_community_code_idx" ON "mediation"("state", "community_code");
CREATE INDEX "mediation_handlers_idx" ON "mediation" USING GIN ("handlers");
CREATE INDEX "residence_permit_expired_on_valid_until_idx" ON "residence_permit"("expired_on", "valid_until");
CREATE UNIQUE INDEX "permit_application_open_for_key" ON "permit_application"("open_for");
CREATE INDEX "permit_application_community_code_no_idx" ON "permit_application"("community_code", "no");
CREATE INDEX "permit_application_applicant_id_no_idx" ON "permit_application"("applicant_id", "no");
CREATE INDEX "permit_application_state_community_code_idx" ON "permit_application"("state", "community_code");
CREATE INDEX "permit_application_handlers_idx" ON "permit_application" USING GIN ("handlers");
CREATE INDEX "fraud_alert_place_id_idx" ON "fraud_alert"("place", "id");
CREATE INDEX "fraud_alert_method_id_idx" ON "fraud_alert"("method", "id");
CREATE INDEX "watch_team_community_code_id_idx" ON "watch_team"("community_code", "id");
CREATE INDEX "watch_team_kind_community_code_idx" ON "watch_team"("kind", "community_code");
CREATE INDEX "team_training_team_id_id_idx" ON "team_training"("team_id", "id");
CREATE INDEX "team_training_community_code_id_idx" ON "team_training"("community_code", "id");
CREATE UNIQUE INDEX "team_training_team_id_topic_held_on_key" ON "team_training"("team_id", "topic", "held_on");
CREATE INDEX "duty_shift_community_code_id_idx" ON "duty_shift"("community_code", "id");
CREATE INDEX "duty_shift_officer_id_idx" ON "duty_shift"("officer_id");
CREATE INDEX "warning_lifted_at_id_idx" ON "warning"("lifted_at", "id");

-- Events that are there are with the unit that their kind usually goes to, from when they were dispatched.
UPDATE "grid_event" SET "supervision" = CASE "stage" WHEN 'SUPERVISED' THEN 1 ELSE 0 END,
  "lead_unit" = (CASE "kind" WHEN 'FIRE_HAZARD' THEN 'FIRE_RESCUE' WHEN 'POWER_AND_GAS' THEN 'PROPERTY' WHEN 'PUBLIC_ORDER' THEN 'POLICE'
    WHEN 'DISPUTE' THEN 'COMMUNITY' WHEN 'CROWDED_PLACE' THEN 'EMERGENCY' WHEN 'WATER_AND_SLOPE' THEN 'WATER'
    ELSE 'URBAN_MANAGEMENT' END)::"GridHandlingUnit"
WHERE "stage" <> 'FOUND';

-- A course is told once: what was written of it is never changed nor taken away.
CREATE FUNCTION "append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Rows of "%" are only ever added.', TG_TABLE_NAME;
END $$;
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "grid_event_step" FOR EACH ROW EXECUTE FUNCTION "append_only"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "incident_step" FOR EACH ROW EXECUTE FUNCTION "append_only"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "warning_revision" FOR EACH ROW EXECUTE FUNCTION "append_only"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "supply_movement" FOR EACH ROW EXECUTE FUNCTION "append_only"();
