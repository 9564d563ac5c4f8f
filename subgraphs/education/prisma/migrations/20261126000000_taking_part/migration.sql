-- Enrolling, booking, signing up, applying for places and asking for help: courses, programmes and venues count who takes
-- part, and what belongs to one person has a table of its own.

-- AlterEnum
ALTER TYPE "SchoolPlacementState" ADD VALUE 'VERIFIED';
ALTER TYPE "SchoolPlacementState" ADD VALUE 'CONFIRMED';
ALTER TYPE "SchoolPlacementState" ADD VALUE 'REJECTED';
ALTER TYPE "SchoolPlacementState" ADD VALUE 'WITHDRAWN';
ALTER TYPE "SchoolPlacementState" ADD VALUE 'LEFT';
ALTER TYPE "AfterSchoolKind" ADD VALUE 'SUMMER_CARE';
ALTER TYPE "SharedVenueKind" ADD VALUE 'TABLE_TENNIS';
ALTER TYPE "SharedVenueKind" ADD VALUE 'OUTDOOR_GYM';

-- CreateEnum
CREATE TYPE "ActivityKind" AS ENUM ('CULTURE', 'SPORTS', 'READING', 'SCIENCE', 'FAMILY_EDUCATION', 'FITNESS_GUIDANCE', 'STUDY_TOUR');

-- CreateEnum
CREATE TYPE "ActivityState" AS ENUM ('OPEN', 'CANCELLED');

-- CreateEnum
CREATE TYPE "ActivityRegistrationState" AS ENUM ('SIGNED_UP', 'WAITLISTED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "VenueBookingState" AS ENUM ('BOOKED', 'CHECKED_IN', 'NO_SHOW', 'CANCELLED');

-- CreateEnum
CREATE TYPE "AfterSchoolEnrollmentState" AS ENUM ('ENROLLED', 'WAITLISTED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "PsychologicalAidRequester" AS ENUM ('GUARDIAN', 'TEACHER');

-- CreateEnum
CREATE TYPE "PsychologicalAidConcern" AS ENUM ('EMOTION', 'STUDY_PRESSURE', 'PEERS', 'FAMILY', 'OTHER');

-- CreateEnum
CREATE TYPE "PsychologicalAidState" AS ENUM ('REQUESTED', 'ACCEPTED', 'COUNSELLING', 'REFERRED', 'CLOSED');

-- CreateEnum
CREATE TYPE "LearningRecorder" AS ENUM ('LEARNER', 'TEACHER');

-- CreateEnum
CREATE TYPE "LearningResourceKind" AS ENUM ('VIDEO', 'AUDIO', 'EBOOK', 'COURSEWARE');

-- CreateEnum
CREATE TYPE "LearningCircleKind" AS ENUM ('LEARNING_COMMUNITY', 'LEARNING_FAMILY', 'STUDY_GROUP');

-- CreateEnum
CREATE TYPE "SchoolPlacementActor" AS ENUM ('GUARDIAN', 'SCHOOL', 'SYSTEM');

-- CreateEnum
CREATE TYPE "CourseState" AS ENUM ('OPEN', 'CANCELLED');

-- AlterTable
ALTER TABLE "course" ADD COLUMN "description" TEXT,
ADD COLUMN "state" "CourseState" NOT NULL DEFAULT 'OPEN',
ADD COLUMN "waitlisted" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "last_waiting_no" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "course_enrollment" ADD COLUMN "waiting_no" INTEGER,
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "school_placement" ADD COLUMN "term_id" TEXT,
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "after_school_programme" ADD COLUMN "season" TEXT,
ADD COLUMN "enrolled" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "waitlisted" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "last_waiting_no" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "shared_venue" ALTER COLUMN "school_id" DROP NOT NULL,
ADD COLUMN "facility_id" TEXT;

-- AlterTable
ALTER TABLE "venue_slot" ADD COLUMN "fee_cents" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "closed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "community_library" ADD COLUMN "child_volumes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "elder_volumes" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "activity" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" "ActivityKind" NOT NULL,
    "science_kind" "ScienceActivityKind",
    "description" TEXT,
    "community_code" TEXT NOT NULL,
    "facility_id" TEXT,
    "host_id" TEXT,
    "series_id" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "capacity" INTEGER NOT NULL,
    "signed_up" INTEGER NOT NULL DEFAULT 0,
    "waitlisted" INTEGER NOT NULL DEFAULT 0,
    "last_waiting_no" INTEGER NOT NULL DEFAULT 0,
    "fee_cents" INTEGER NOT NULL DEFAULT 0,
    "state" "ActivityState" NOT NULL DEFAULT 'OPEN',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity_series" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" "ActivityKind" NOT NULL,
    "description" TEXT,
    "community_code" TEXT NOT NULL,
    "facility_id" TEXT,
    "host_id" TEXT,
    "weekday" "Weekday" NOT NULL,
    "starts_at" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "capacity" INTEGER NOT NULL,
    "fee_cents" INTEGER NOT NULL DEFAULT 0,
    "first_on" DATE NOT NULL,
    "last_on" DATE,

    CONSTRAINT "activity_series_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity_registration" (
    "id" TEXT NOT NULL,
    "activity_id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "state" "ActivityRegistrationState" NOT NULL,
    "waiting_no" INTEGER,
    "signed_up_at" TIMESTAMPTZ(3) NOT NULL,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "minor_until" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "activity_registration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fitness_guidance_point" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "facility_id" TEXT NOT NULL,
    "instructors" INTEGER NOT NULL,
    "opening_hours" TEXT NOT NULL,
    "disciplines" TEXT[],

    CONSTRAINT "fitness_guidance_point_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "venue_booking" (
    "id" TEXT NOT NULL,
    "venue_id" TEXT NOT NULL,
    "slot_id" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "seat" INTEGER,
    "holder" TEXT,
    "resident_id" TEXT NOT NULL,
    "state" "VenueBookingState" NOT NULL,
    "people" INTEGER NOT NULL,
    "fee_cents" INTEGER NOT NULL,
    "booked_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "minor_until" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "venue_booking_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "after_school_enrollment" (
    "id" TEXT NOT NULL,
    "programme_id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "state" "AfterSchoolEnrollmentState" NOT NULL,
    "waiting_no" INTEGER,
    "enrolled_at" TIMESTAMPTZ(3) NOT NULL,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "minor_until" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "after_school_enrollment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "psychological_aid" (
    "id" TEXT NOT NULL,
    "child_id" TEXT NOT NULL,
    "requested_by" "PsychologicalAidRequester" NOT NULL,
    "concern" "PsychologicalAidConcern" NOT NULL,
    "details" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "PsychologicalAidState" NOT NULL,
    "community_code" TEXT NOT NULL,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "minor_until" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "psychological_aid_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "psychological_aid_step" (
    "id" TEXT NOT NULL,
    "aid_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "from" "PsychologicalAidState",
    "to" "PsychologicalAidState" NOT NULL,
    "note" TEXT,

    CONSTRAINT "psychological_aid_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "learning_record" (
    "id" TEXT NOT NULL,
    "enrollment_id" TEXT NOT NULL,
    "learned_on" DATE NOT NULL,
    "hours" DOUBLE PRECISION NOT NULL,
    "recorded_by" "LearningRecorder" NOT NULL,

    CONSTRAINT "learning_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "learning_resource" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" "LearningResourceKind" NOT NULL,
    "audience" "CourseAudience" NOT NULL,
    "hours" DOUBLE PRECISION NOT NULL,
    "provider" TEXT NOT NULL,
    "published_on" DATE NOT NULL,

    CONSTRAINT "learning_resource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "learning_circle" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "LearningCircleKind" NOT NULL,
    "community_code" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "founded_on" DATE NOT NULL,

    CONSTRAINT "learning_circle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "school_term" (
    "id" TEXT NOT NULL,
    "school_year" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "applications_from" DATE NOT NULL,
    "applications_until" DATE NOT NULL,

    CONSTRAINT "school_term_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "school_placement_step" (
    "id" TEXT NOT NULL,
    "placement_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" "SchoolPlacementActor" NOT NULL,
    "from" "SchoolPlacementState",
    "to" "SchoolPlacementState" NOT NULL,
    "note" TEXT,

    CONSTRAINT "school_placement_step_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "activity_community_code_id_idx" ON "activity"("community_code", "id");

-- CreateIndex
CREATE INDEX "activity_kind_community_code_idx" ON "activity"("kind", "community_code");

-- CreateIndex
CREATE INDEX "activity_science_kind_community_code_idx" ON "activity"("science_kind", "community_code");

-- CreateIndex
CREATE INDEX "activity_host_id_id_idx" ON "activity"("host_id", "id");

-- CreateIndex
CREATE INDEX "activity_starts_at_idx" ON "activity"("starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "activity_series_id_starts_at_key" ON "activity"("series_id", "starts_at");

-- CreateIndex
CREATE INDEX "activity_registration_resident_id_id_idx" ON "activity_registration"("resident_id", "id");

-- CreateIndex
CREATE INDEX "activity_registration_activity_id_id_idx" ON "activity_registration"("activity_id", "id");

-- CreateIndex
CREATE INDEX "activity_registration_activity_id_waiting_no_idx" ON "activity_registration"("activity_id", "waiting_no");

-- CreateIndex
CREATE UNIQUE INDEX "activity_registration_resident_id_activity_id_key" ON "activity_registration"("resident_id", "activity_id");

-- CreateIndex
CREATE INDEX "fitness_guidance_point_community_code_id_idx" ON "fitness_guidance_point"("community_code", "id");

-- CreateIndex
CREATE INDEX "venue_booking_resident_id_date_idx" ON "venue_booking"("resident_id", "date");

-- CreateIndex
CREATE INDEX "venue_booking_venue_id_id_idx" ON "venue_booking"("venue_id", "id");

-- CreateIndex
CREATE INDEX "venue_booking_community_code_id_idx" ON "venue_booking"("community_code", "id");

-- CreateIndex
CREATE INDEX "venue_booking_date_community_code_idx" ON "venue_booking"("date", "community_code");

-- CreateIndex
CREATE INDEX "venue_booking_state_ends_at_idx" ON "venue_booking"("state", "ends_at");

-- CreateIndex
CREATE UNIQUE INDEX "venue_booking_slot_id_date_seat_key" ON "venue_booking"("slot_id", "date", "seat");

-- CreateIndex
CREATE UNIQUE INDEX "venue_booking_slot_id_date_holder_key" ON "venue_booking"("slot_id", "date", "holder");

-- CreateIndex
CREATE INDEX "after_school_enrollment_resident_id_id_idx" ON "after_school_enrollment"("resident_id", "id");

-- CreateIndex
CREATE INDEX "after_school_enrollment_programme_id_id_idx" ON "after_school_enrollment"("programme_id", "id");

-- CreateIndex
CREATE INDEX "after_school_enrollment_programme_id_waiting_no_idx" ON "after_school_enrollment"("programme_id", "waiting_no");

-- CreateIndex
CREATE UNIQUE INDEX "after_school_enrollment_resident_id_programme_id_key" ON "after_school_enrollment"("resident_id", "programme_id");

-- CreateIndex
CREATE INDEX "psychological_aid_child_id_id_idx" ON "psychological_aid"("child_id", "id");

-- CreateIndex
CREATE INDEX "psychological_aid_community_code_id_idx" ON "psychological_aid"("community_code", "id");

-- CreateIndex
CREATE INDEX "psychological_aid_handlers_idx" ON "psychological_aid" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "psychological_aid_step_aid_id_id_idx" ON "psychological_aid_step"("aid_id", "id");

-- CreateIndex
CREATE INDEX "learning_record_enrollment_id_id_idx" ON "learning_record"("enrollment_id", "id");

-- CreateIndex
CREATE INDEX "learning_resource_kind_id_idx" ON "learning_resource"("kind", "id");

-- CreateIndex
CREATE INDEX "learning_resource_audience_id_idx" ON "learning_resource"("audience", "id");

-- CreateIndex
CREATE INDEX "learning_circle_community_code_id_idx" ON "learning_circle"("community_code", "id");

-- CreateIndex
CREATE INDEX "learning_circle_kind_community_code_idx" ON "learning_circle"("kind", "community_code");

-- CreateIndex
CREATE UNIQUE INDEX "school_term_school_year_number_key" ON "school_term"("school_year", "number");

-- CreateIndex
CREATE INDEX "school_placement_step_placement_id_id_idx" ON "school_placement_step"("placement_id", "id");

-- CreateIndex
CREATE INDEX "course_enrollment_course_id_waiting_no_idx" ON "course_enrollment"("course_id", "waiting_no");

-- CreateIndex
CREATE INDEX "school_placement_community_code_id_idx" ON "school_placement"("community_code", "id");

-- CreateIndex
CREATE INDEX "school_placement_state_term_id_idx" ON "school_placement"("state", "term_id");

-- CreateIndex
CREATE UNIQUE INDEX "venue_slot_venue_id_weekday_starts_at_key" ON "venue_slot"("venue_id", "weekday", "starts_at");

-- Of the books that are there, three in ten are for children and one in ten for the old.
UPDATE "community_library" SET "child_volumes" = "volumes" * 3 / 10, "elder_volumes" = "volumes" / 10;

-- Those who wait are numbered as they came, and courses say how many they are.
UPDATE "course_enrollment" e SET "waiting_no" = w.no FROM (
  SELECT "id", row_number() OVER (PARTITION BY "course_id" ORDER BY "enrolled_at", "id") AS no
  FROM "course_enrollment" WHERE "state" = 'WAITLISTED') w
WHERE e."id" = w."id";
UPDATE "course" c SET "waitlisted" = w.n, "last_waiting_no" = w.n FROM (
  SELECT "course_id", count(*) AS n FROM "course_enrollment" WHERE "state" = 'WAITLISTED' GROUP BY 1) w
WHERE c."id" = w."course_id";

-- Activities of science are activities among others, and take two hours.
INSERT INTO "activity" ("id", "title", "kind", "science_kind", "community_code", "facility_id", "starts_at", "ends_at", "capacity")
SELECT "id", "title", 'SCIENCE', "kind", "community_code", "facility_id", "starts_at", "starts_at" + interval '2 hours', "capacity"
FROM "science_activity";
DROP TABLE "science_activity";
