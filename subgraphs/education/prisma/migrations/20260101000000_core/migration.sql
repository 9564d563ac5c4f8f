-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Weekday" AS ENUM ('MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY');

-- CreateEnum
CREATE TYPE "CommunitySchoolService" AS ENUM ('PARENT_EDUCATION', 'CHILD_PSYCHOLOGICAL_AID', 'FAMILY_EDUCATION_GUIDANCE', 'SUMMER_CARE', 'STUDY_TOUR', 'VOLUNTEER_PRACTICE');

-- CreateEnum
CREATE TYPE "CourseAudience" AS ENUM ('EVERGREEN_UNIVERSITY', 'ELDER_UNIVERSITY', 'LIFELONG', 'YOUTH');

-- CreateEnum
CREATE TYPE "CourseMode" AS ENUM ('ONSITE', 'ONLINE');

-- CreateEnum
CREATE TYPE "CourseEnrollmentState" AS ENUM ('ENROLLED', 'COMPLETED', 'WAITLISTED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "SchoolStage" AS ENUM ('PRIMARY', 'MIDDLE', 'NINE_YEAR');

-- CreateEnum
CREATE TYPE "SchoolPlacementState" AS ENUM ('APPLIED', 'ALLOCATED', 'ENROLLED');

-- CreateEnum
CREATE TYPE "NurseryClassAgeGroup" AS ENUM ('FROM_12_TO_24_MONTHS', 'FROM_24_TO_36_MONTHS');

-- CreateEnum
CREATE TYPE "NurseryClassMode" AS ENUM ('FULL_DAY', 'HALF_DAY', 'HOURLY', 'TEMPORARY');

-- CreateEnum
CREATE TYPE "AfterSchoolKind" AS ENUM ('HOMEWORK_CARE', 'ARTS_AND_SPORTS', 'SCIENCE_CLUB');

-- CreateEnum
CREATE TYPE "SharedVenueKind" AS ENUM ('RUNNING_TRACK', 'BASKETBALL_COURT', 'FOOTBALL_PITCH', 'BADMINTON_HALL', 'MULTIPURPOSE_HALL', 'TRAINING_ROOM');

-- CreateEnum
CREATE TYPE "ScienceActivityKind" AS ENUM ('LECTURE', 'EXPERIMENT', 'MOBILE_MUSEUM', 'CARAVAN');

-- CreateTable
CREATE TABLE "community_school" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "facility_id" TEXT,
    "services" "CommunitySchoolService"[],
    "opening_hours" TEXT NOT NULL,

    CONSTRAINT "community_school_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "course" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "school_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "audience" "CourseAudience" NOT NULL,
    "mode" "CourseMode" NOT NULL,
    "seats" INTEGER NOT NULL,
    "enrolled" INTEGER NOT NULL,
    "hours" INTEGER NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,

    CONSTRAINT "course_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "course_enrollment" (
    "id" TEXT NOT NULL,
    "course_id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "state" "CourseEnrollmentState" NOT NULL,
    "hours" DOUBLE PRECISION NOT NULL,
    "enrolled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "course_enrollment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "school" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "stage" "SchoolStage" NOT NULL,
    "community_code" TEXT NOT NULL,
    "districtal" BOOLEAN NOT NULL,
    "places" INTEGER NOT NULL,

    CONSTRAINT "school_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "school_placement" (
    "id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "school_id" TEXT NOT NULL,
    "grade" INTEGER NOT NULL,
    "state" "SchoolPlacementState" NOT NULL,
    "since" DATE NOT NULL,

    CONSTRAINT "school_placement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "kindergarten" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "inclusive" BOOLEAN NOT NULL,
    "places" INTEGER NOT NULL,
    "has_nursery_class" BOOLEAN NOT NULL,

    CONSTRAINT "kindergarten_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "nursery_class" (
    "id" TEXT NOT NULL,
    "kindergarten_id" TEXT NOT NULL,
    "places" INTEGER NOT NULL,
    "available_places" INTEGER NOT NULL,
    "age_group" "NurseryClassAgeGroup" NOT NULL,
    "modes" "NurseryClassMode"[],

    CONSTRAINT "nursery_class_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "after_school_programme" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "AfterSchoolKind" NOT NULL,
    "school_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "places" INTEGER NOT NULL,
    "weekdays" "Weekday"[],
    "hours" TEXT NOT NULL,

    CONSTRAINT "after_school_programme_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shared_venue" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "SharedVenueKind" NOT NULL,
    "school_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "area_m2" INTEGER NOT NULL,
    "open_hours" TEXT NOT NULL,

    CONSTRAINT "shared_venue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "venue_slot" (
    "id" TEXT NOT NULL,
    "venue_id" TEXT NOT NULL,
    "weekday" "Weekday" NOT NULL,
    "starts_at" TEXT NOT NULL,
    "ends_at" TEXT NOT NULL,
    "bookings" INTEGER NOT NULL,

    CONSTRAINT "venue_slot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "community_library" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "facility_id" TEXT,
    "volumes" INTEGER NOT NULL,
    "seats" INTEGER NOT NULL,
    "opening_hours" TEXT NOT NULL,
    "science_corner" BOOLEAN NOT NULL,

    CONSTRAINT "community_library_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "family_education_station" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "opening_hours" TEXT NOT NULL,
    "topics" TEXT[],

    CONSTRAINT "family_education_station_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "science_activity" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" "ScienceActivityKind" NOT NULL,
    "community_code" TEXT NOT NULL,
    "facility_id" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "capacity" INTEGER NOT NULL,

    CONSTRAINT "science_activity_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "community_school_community_code_key" ON "community_school"("community_code");

-- CreateIndex
CREATE INDEX "course_school_id_id_idx" ON "course"("school_id", "id");

-- CreateIndex
CREATE INDEX "course_community_code_id_idx" ON "course"("community_code", "id");

-- CreateIndex
CREATE INDEX "course_audience_community_code_idx" ON "course"("audience", "community_code");

-- CreateIndex
CREATE INDEX "course_enrollment_resident_id_id_idx" ON "course_enrollment"("resident_id", "id");

-- CreateIndex
CREATE INDEX "course_enrollment_course_id_id_idx" ON "course_enrollment"("course_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "course_enrollment_resident_id_course_id_key" ON "course_enrollment"("resident_id", "course_id");

-- CreateIndex
CREATE INDEX "school_community_code_id_idx" ON "school"("community_code", "id");

-- CreateIndex
CREATE INDEX "school_stage_community_code_idx" ON "school"("stage", "community_code");

-- CreateIndex
CREATE UNIQUE INDEX "school_placement_resident_id_key" ON "school_placement"("resident_id");

-- CreateIndex
CREATE INDEX "school_placement_school_id_id_idx" ON "school_placement"("school_id", "id");

-- CreateIndex
CREATE INDEX "kindergarten_community_code_id_idx" ON "kindergarten"("community_code", "id");

-- CreateIndex
CREATE INDEX "kindergarten_has_nursery_class_community_code_idx" ON "kindergarten"("has_nursery_class", "community_code");

-- CreateIndex
CREATE UNIQUE INDEX "nursery_class_kindergarten_id_key" ON "nursery_class"("kindergarten_id");

-- CreateIndex
CREATE INDEX "after_school_programme_school_id_id_idx" ON "after_school_programme"("school_id", "id");

-- CreateIndex
CREATE INDEX "after_school_programme_community_code_id_idx" ON "after_school_programme"("community_code", "id");

-- CreateIndex
CREATE INDEX "after_school_programme_kind_community_code_idx" ON "after_school_programme"("kind", "community_code");

-- CreateIndex
CREATE INDEX "shared_venue_school_id_id_idx" ON "shared_venue"("school_id", "id");

-- CreateIndex
CREATE INDEX "shared_venue_community_code_id_idx" ON "shared_venue"("community_code", "id");

-- CreateIndex
CREATE INDEX "shared_venue_kind_community_code_idx" ON "shared_venue"("kind", "community_code");

-- CreateIndex
CREATE INDEX "venue_slot_venue_id_id_idx" ON "venue_slot"("venue_id", "id");

-- CreateIndex
CREATE INDEX "community_library_community_code_id_idx" ON "community_library"("community_code", "id");

-- CreateIndex
CREATE INDEX "family_education_station_community_code_id_idx" ON "family_education_station"("community_code", "id");

-- CreateIndex
CREATE INDEX "science_activity_community_code_id_idx" ON "science_activity"("community_code", "id");

-- CreateIndex
CREATE INDEX "science_activity_kind_community_code_idx" ON "science_activity"("kind", "community_code");
