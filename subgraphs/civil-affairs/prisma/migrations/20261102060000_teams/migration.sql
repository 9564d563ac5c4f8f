-- CreateEnum
CREATE TYPE "ArchiveState" AS ENUM ('OPEN', 'CLOSED');

-- CreateEnum
CREATE TYPE "WorkerQualification" AS ENUM ('NONE', 'ASSISTANT_SOCIAL_WORKER', 'SOCIAL_WORKER', 'SENIOR_SOCIAL_WORKER');

-- CreateEnum
CREATE TYPE "SubCommitteeKind" AS ENUM ('MEDIATION', 'PUBLIC_ORDER', 'PUBLIC_HEALTH', 'ENVIRONMENT_PROPERTY', 'SOCIAL_SERVICE');

-- CreateTable
CREATE TABLE "service_archive" (
    "id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "section" TEXT NOT NULL,
    "state" "ArchiveState" NOT NULL,
    "opened_on" DATE NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "digest" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "service_archive_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "archive_entry" (
    "id" TEXT NOT NULL,
    "archive_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "title" TEXT NOT NULL,
    "reference" TEXT,
    "text" TEXT NOT NULL,

    CONSTRAINT "archive_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "duty_item" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "live_code" TEXT,
    "category" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "lead" TEXT NOT NULL,
    "supporting" TEXT[],
    "working_days" INTEGER NOT NULL,
    "effective_from" DATE NOT NULL,
    "effective_to" DATE,
    "change_note" TEXT,

    CONSTRAINT "duty_item_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "community_worker" ADD COLUMN "grade" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN "qualification" "WorkerQualification" NOT NULL DEFAULT 'NONE',
ADD COLUMN "in_post" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN "grid_worker" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "worker_training" (
    "id" TEXT NOT NULL,
    "worker_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "course" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "hours" DOUBLE PRECISION NOT NULL,
    "completed_on" DATE NOT NULL,

    CONSTRAINT "worker_training_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sub_committee" (
    "id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "kind" "SubCommitteeKind" NOT NULL,
    "established" BOOLEAN NOT NULL,
    "chair_id" TEXT,
    "established_on" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "sub_committee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "liaison" (
    "id" TEXT NOT NULL,
    "place_id" TEXT NOT NULL,
    "prefixes" TEXT[],
    "unit" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "phone" TEXT,
    "updated_on" DATE NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "liaison_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "service_archive_community_code_id_idx" ON "service_archive"("community_code", "id");

-- CreateIndex
CREATE INDEX "archive_entry_archive_id_id_idx" ON "archive_entry"("archive_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "duty_item_live_code_key" ON "duty_item"("live_code");

-- CreateIndex
CREATE INDEX "duty_item_category_idx" ON "duty_item"("category");

-- CreateIndex
CREATE UNIQUE INDEX "duty_item_code_revision_key" ON "duty_item"("code", "revision");

-- CreateIndex
CREATE INDEX "worker_training_community_code_id_idx" ON "worker_training"("community_code", "id");

-- CreateIndex
CREATE UNIQUE INDEX "worker_training_worker_id_course_completed_on_key" ON "worker_training"("worker_id", "course", "completed_on");

-- CreateIndex
CREATE UNIQUE INDEX "sub_committee_community_code_kind_key" ON "sub_committee"("community_code", "kind");

-- CreateIndex
CREATE INDEX "liaison_prefixes_idx" ON "liaison" USING GIN ("prefixes");

-- CreateIndex
CREATE UNIQUE INDEX "liaison_place_id_unit_key" ON "liaison"("place_id", "unit");

CREATE TRIGGER archive_entry_append_only BEFORE UPDATE OR DELETE ON "archive_entry"
FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A closed file is closed for good, whoever asks.
CREATE TRIGGER service_archive_closed BEFORE UPDATE OR DELETE ON "service_archive"
FOR EACH ROW WHEN (OLD."state" = 'CLOSED') EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_closed_archive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "service_archive" WHERE "id" = NEW."archive_id" AND "state" = 'CLOSED') THEN
    RAISE EXCEPTION 'the archive is closed';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER archive_entry_of_open_archive BEFORE INSERT ON "archive_entry"
FOR EACH ROW EXECUTE FUNCTION refuse_closed_archive();
