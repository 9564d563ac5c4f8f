-- Rows about a resident say where the resident lives, who handles them, and until when the resident is under 14.
-- What is there was made up by the seed "learners" and cannot say it: the seed "students" makes it anew.
TRUNCATE "course", "course_enrollment", "school_placement";

-- AlterTable
ALTER TABLE "course_enrollment" ADD COLUMN "community_code" TEXT NOT NULL,
ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "minor_until" DATE;

-- AlterTable
ALTER TABLE "school_placement" ADD COLUMN "community_code" TEXT NOT NULL,
ADD COLUMN "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "minor_until" DATE;
