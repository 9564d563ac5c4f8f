-- CreateEnum
CREATE TYPE "DeliberationState" AS ENUM ('ANNOUNCED', 'DISCUSSING', 'DECIDED', 'RESULT_PUBLISHED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "CommentState" AS ENUM ('PENDING', 'APPROVED', 'REJECTED');

-- CreateEnum
CREATE TYPE "ProposalKind" AS ENUM ('NEED', 'DELIBERATION', 'MICRO_PROJECT');

-- CreateEnum
CREATE TYPE "ProposalState" AS ENUM ('SUBMITTED', 'ADOPTED', 'DECLINED');

-- CreateEnum
CREATE TYPE "SurveyState" AS ENUM ('DRAFT', 'OPEN', 'CLOSED');

-- CreateEnum
CREATE TYPE "LivelihoodCategory" AS ENUM ('ELDER_CARE', 'CHILD_CARE', 'HEALTH', 'CULTURE_SPORTS', 'ENVIRONMENT', 'SAFETY', 'CONVENIENCE', 'ASSISTANCE');

-- CreateEnum
CREATE TYPE "NeedState" AS ENUM ('OPEN', 'MATCHED', 'MET', 'CLOSED');

-- CreateEnum
CREATE TYPE "ResourceState" AS ENUM ('AVAILABLE', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "ProjectOrigin" AS ENUM ('RESIDENTS_CHOICE', 'DISTRICT_STREET');

-- CreateEnum
CREATE TYPE "MicroProjectState" AS ENUM ('PROPOSED', 'VOTING', 'PICKED', 'NOT_PICKED', 'APPROVED', 'DOING', 'DONE', 'EVALUATED', 'REJECTED');

-- CreateEnum
CREATE TYPE "ProjectVoteState" AS ENUM ('OPEN', 'CLOSED');

-- CreateTable
CREATE TABLE "deliberation" (
    "id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "state" "DeliberationState" NOT NULL,
    "seats" INTEGER,
    "participants" INTEGER NOT NULL DEFAULT 0,
    "opens_on" DATE NOT NULL,
    "closes_on" DATE NOT NULL,
    "decision" TEXT,
    "result" TEXT,
    "proposal_id" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "deliberation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliberation_participant" (
    "deliberation_id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deliberation_participant_pkey" PRIMARY KEY ("deliberation_id","resident_id")
);

-- CreateTable
CREATE TABLE "public_comment" (
    "id" TEXT NOT NULL,
    "deliberation_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "posted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "public_comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliberation_comment" (
    "id" TEXT NOT NULL,
    "deliberation_id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "state" "CommentState" NOT NULL DEFAULT 'PENDING',
    "posted_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "deliberation_comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "resident_proposal" (
    "id" TEXT NOT NULL,
    "kind" "ProposalKind" NOT NULL,
    "resident_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "state" "ProposalState" NOT NULL DEFAULT 'SUBMITTED',
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "reply" TEXT,
    "replied_at" TIMESTAMPTZ(3),
    "handlers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "resident_proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "satisfaction_survey" (
    "id" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "questions" TEXT[],
    "opens_on" DATE NOT NULL,
    "closes_on" DATE NOT NULL,
    "state" "SurveyState" NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "satisfaction_survey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "survey_tally" (
    "id" TEXT NOT NULL,
    "survey_id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "respondents" INTEGER NOT NULL DEFAULT 0,
    "counts" INTEGER[],

    CONSTRAINT "survey_tally_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "survey_respondent" (
    "digest" TEXT NOT NULL,

    CONSTRAINT "survey_respondent_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "community_need" (
    "id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "category" "LivelihoodCategory" NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "state" "NeedState" NOT NULL,
    "listed_on" DATE NOT NULL,
    "proposal_id" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "community_need_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "community_resource" (
    "id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "category" "LivelihoodCategory" NOT NULL,
    "title" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "unit" TEXT NOT NULL,
    "state" "ResourceState" NOT NULL,
    "listed_on" DATE NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "community_resource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "micro_project" (
    "id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "category" "LivelihoodCategory" NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "origin" "ProjectOrigin" NOT NULL,
    "state" "MicroProjectState" NOT NULL,
    "need_ids" TEXT[],
    "resource_ids" TEXT[],
    "match_score" DOUBLE PRECISION NOT NULL,
    "budget_yuan" INTEGER NOT NULL,
    "approved_budget_yuan" INTEGER,
    "spent_yuan" INTEGER,
    "proposed_on" DATE NOT NULL,
    "vote_id" TEXT,
    "votes" INTEGER NOT NULL DEFAULT 0,
    "grade" "RatingGrade",
    "proposal_id" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "micro_project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project_vote" (
    "id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "state" "ProjectVoteState" NOT NULL,
    "opens_at" TIMESTAMPTZ(3) NOT NULL,
    "closes_at" TIMESTAMPTZ(3) NOT NULL,
    "picks" INTEGER NOT NULL,
    "voters" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "project_vote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project_voter" (
    "digest" TEXT NOT NULL,

    CONSTRAINT "project_voter_pkey" PRIMARY KEY ("digest")
);

-- CreateIndex
CREATE UNIQUE INDEX "deliberation_proposal_id_key" ON "deliberation"("proposal_id");

-- CreateIndex
CREATE INDEX "deliberation_community_code_id_idx" ON "deliberation"("community_code", "id");

-- CreateIndex
CREATE INDEX "deliberation_comment_community_code_id_idx" ON "deliberation_comment"("community_code", "id");

-- CreateIndex
CREATE INDEX "deliberation_comment_resident_id_id_idx" ON "deliberation_comment"("resident_id", "id");

-- CreateIndex
CREATE INDEX "deliberation_comment_handlers_idx" ON "deliberation_comment" USING GIN ("handlers");

-- CreateIndex
CREATE INDEX "resident_proposal_community_code_id_idx" ON "resident_proposal"("community_code", "id");

-- CreateIndex
CREATE INDEX "resident_proposal_resident_id_id_idx" ON "resident_proposal"("resident_id", "id");

-- CreateIndex
CREATE INDEX "resident_proposal_handlers_idx" ON "resident_proposal" USING GIN ("handlers");

-- CreateIndex
CREATE UNIQUE INDEX "satisfaction_survey_year_key" ON "satisfaction_survey"("year");

-- CreateIndex
CREATE INDEX "survey_tally_community_code_id_idx" ON "survey_tally"("community_code", "id");

-- CreateIndex
CREATE UNIQUE INDEX "survey_tally_survey_id_community_code_key" ON "survey_tally"("survey_id", "community_code");

-- CreateIndex
CREATE UNIQUE INDEX "community_need_proposal_id_key" ON "community_need"("proposal_id");

-- CreateIndex
CREATE INDEX "community_need_community_code_id_idx" ON "community_need"("community_code", "id");

-- CreateIndex
CREATE INDEX "community_resource_community_code_id_idx" ON "community_resource"("community_code", "id");

-- CreateIndex
CREATE INDEX "community_resource_category_state_community_code_idx" ON "community_resource"("category", "state", "community_code");

-- CreateIndex
CREATE UNIQUE INDEX "micro_project_proposal_id_key" ON "micro_project"("proposal_id");

-- CreateIndex
CREATE INDEX "micro_project_community_code_id_idx" ON "micro_project"("community_code", "id");

-- CreateIndex
CREATE INDEX "micro_project_vote_id_idx" ON "micro_project"("vote_id");

-- CreateIndex
CREATE INDEX "micro_project_need_ids_idx" ON "micro_project" USING GIN ("need_ids");

-- CreateIndex
CREATE INDEX "project_vote_community_code_id_idx" ON "project_vote"("community_code", "id");

-- CreateIndex
CREATE INDEX "project_vote_state_closes_at_idx" ON "project_vote"("state", "closes_at");

-- CreateIndex
CREATE INDEX "deliberation_participant_resident_id_joined_at_idx" ON "deliberation_participant"("resident_id", "joined_at");

-- CreateIndex
CREATE INDEX "public_comment_deliberation_id_id_idx" ON "public_comment"("deliberation_id", "id");
