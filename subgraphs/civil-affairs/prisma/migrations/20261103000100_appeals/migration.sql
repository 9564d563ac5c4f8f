-- Appeals go through a course that is kept step by step.
-- What is there was made up by the seed "people" and has no course: the seed "appeals" makes it anew, with one.
TRUNCATE "appeal";

-- CreateEnum
CREATE TYPE "AppealAction" AS ENUM ('SUBMIT', 'OPEN', 'ACCEPT', 'REJECT', 'DISPATCH', 'RETURN', 'TRANSFER', 'ARBITRATE', 'START', 'CONTACT', 'JOIN', 'EXTEND', 'ANSWER', 'SHARE_ANSWER', 'CONFIRM', 'REOPEN', 'EVALUATE', 'CLOSE', 'LAPSE', 'MERGE', 'SUPERVISE', 'WITHDRAW');

-- CreateEnum
CREATE TYPE "AppealActor" AS ENUM ('APPELLANT', 'STAFF', 'SYSTEM');

-- CreateEnum
CREATE TYPE "AppealUnitLevel" AS ENUM ('COMMUNITY', 'STREET', 'DISTRICT', 'CITY');

-- CreateEnum
CREATE TYPE "WeakSignalState" AS ENUM ('OPEN', 'ACTED_ON', 'DISMISSED');

-- AlterTable
ALTER TABLE "appeal"
ADD COLUMN "content" TEXT NOT NULL DEFAULT '',
ADD COLUMN "anonymous" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "minor_until" DATE,
ADD COLUMN "duty_item" TEXT,
ADD COLUMN "duty_version" INTEGER,
ADD COLUMN "first_receiver" TEXT,
ADD COLUMN "responsible" TEXT,
ADD COLUMN "lead" TEXT,
ADD COLUMN "transfer_to" TEXT,
ADD COLUMN "joint_units" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "about_unit" TEXT,
ADD COLUMN "accepted_at" TIMESTAMPTZ(3),
ADD COLUMN "respond_by" TIMESTAMPTZ(3),
ADD COLUMN "contacted_at" TIMESTAMPTZ(3),
ADD COLUMN "answered_at" TIMESTAMPTZ(3),
ADD COLUMN "closed_at" TIMESTAMPTZ(3),
ADD COLUMN "answer" TEXT,
ADD COLUMN "resolved" BOOLEAN,
ADD COLUMN "rating" INTEGER,
ADD COLUMN "comment" TEXT,
ADD COLUMN "returns" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "reworks" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "arbitrated" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "extended" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "lapsed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "supervision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "supervise_at" TIMESTAMPTZ(3),
ADD COLUMN "lapses_at" TIMESTAMPTZ(3),
ADD COLUMN "merged_into" TEXT,
ADD COLUMN "steps" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "appeal_step" (
    "appeal_no" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" "AppealAction" NOT NULL,
    "from_state" "AppealState",
    "to_state" "AppealState" NOT NULL,
    "actor" "AppealActor" NOT NULL,
    "staff_id" TEXT,
    "department" TEXT,
    "unit" TEXT,
    "target" TEXT,
    "direct" BOOLEAN NOT NULL DEFAULT false,
    "value" INTEGER,
    "note" TEXT,

    CONSTRAINT "appeal_step_pkey" PRIMARY KEY ("appeal_no","seq")
);

-- CreateTable
CREATE TABLE "appeal_party" (
    "appeal_no" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "staff" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "appeal_party_pkey" PRIMARY KEY ("appeal_no","unit")
);

-- CreateTable
CREATE TABLE "appeal_rule" (
    "category" "AppealCategory" NOT NULL,
    "duty_item" TEXT NOT NULL,
    "duty_version" INTEGER NOT NULL,
    "duty" TEXT NOT NULL,
    "level" "AppealUnitLevel" NOT NULL,
    "bureau" TEXT,
    "working_days" INTEGER NOT NULL,

    CONSTRAINT "appeal_rule_pkey" PRIMARY KEY ("category")
);

-- CreateTable
CREATE TABLE "appeal_summary" (
    "id" TEXT NOT NULL,
    "appeal_no" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "category" "AppealCategory" NOT NULL,
    "closed_in" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "published_by" TEXT NOT NULL,

    CONSTRAINT "appeal_summary_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "weak_signal" (
    "id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "category" "AppealCategory" NOT NULL,
    "state" "WeakSignalState" NOT NULL,
    "open_key" TEXT,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "window_end" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,
    "expected" DOUBLE PRECISION NOT NULL,
    "p_value" DOUBLE PRECISION NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "settled_by" TEXT,
    "appeal_no" TEXT,
    "note" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "weak_signal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "appeal_state_community_code_idx" ON "appeal"("state", "community_code");

-- CreateIndex
CREATE INDEX "appeal_lead_no_idx" ON "appeal"("lead", "no");

-- CreateIndex
CREATE INDEX "appeal_merged_into_idx" ON "appeal"("merged_into");

-- CreateIndex
CREATE INDEX "appeal_supervise_at_idx" ON "appeal"("supervise_at");

-- CreateIndex
CREATE INDEX "appeal_lapses_at_idx" ON "appeal"("lapses_at");

-- CreateIndex
CREATE INDEX "appeal_category_submitted_at_idx" ON "appeal"("category", "submitted_at");

-- CreateIndex
CREATE UNIQUE INDEX "appeal_summary_appeal_no_key" ON "appeal_summary"("appeal_no");

-- CreateIndex
CREATE INDEX "appeal_summary_community_code_id_idx" ON "appeal_summary"("community_code", "id");

-- CreateIndex
CREATE INDEX "appeal_summary_category_community_code_idx" ON "appeal_summary"("category", "community_code");

-- CreateIndex
CREATE UNIQUE INDEX "weak_signal_open_key_key" ON "weak_signal"("open_key");

-- CreateIndex
CREATE INDEX "weak_signal_community_code_id_idx" ON "weak_signal"("community_code", "id");

-- CreateIndex
CREATE INDEX "weak_signal_state_community_code_idx" ON "weak_signal"("state", "community_code");

-- What was done stays: whatever program speaks to the database, a course only grows, and its times never run backwards.
CREATE FUNCTION appeal_step_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION 'steps of appeals are never changed or removed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.seq > 1 AND NOT EXISTS (
    SELECT FROM appeal_step s
    WHERE s.appeal_no = NEW.appeal_no AND s.seq = NEW.seq - 1 AND s.at <= NEW.at AND s.to_state = NEW.from_state
  ) THEN
    RAISE EXCEPTION 'step % of appeal % does not follow from the one before', NEW.seq, NEW.appeal_no
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER appeal_step_only_grows BEFORE INSERT OR UPDATE OR DELETE ON "appeal_step"
  FOR EACH ROW EXECUTE FUNCTION appeal_step_only_grows();

CREATE TRIGGER appeal_step_is_not_emptied BEFORE TRUNCATE ON "appeal_step"
  FOR EACH STATEMENT EXECUTE FUNCTION appeal_step_only_grows();

-- What holds of every appeal, whatever program writes it.
CREATE FUNCTION appeal_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.lead IS NULL) <> (NEW.state IN ('SUBMITTED', 'ACCEPTED', 'REJECTED'))
    AND NEW.state <> 'WITHDRAWN' THEN
    RAISE EXCEPTION 'an appeal has one lead from its dispatch on, and none before' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'CLOSED' AND NOT NEW.lapsed AND NEW.channel <> 'PROACTIVE'
    AND (NEW.resolved IS NULL OR NEW.rating IS NULL) THEN
    RAISE EXCEPTION 'an appeal is closed after feedback and rating, or by lapse' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.rating NOT BETWEEN 1 AND 5 OR NEW.supervision NOT BETWEEN 0 AND 3 THEN
    RAISE EXCEPTION 'ratings are 1 to 5, supervision 0 to 3' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.about_unit IS NOT NULL AND NOT NEW.anonymous THEN
    RAISE EXCEPTION 'who complains about a unit is not shown to those who handle it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER appeal_holds BEFORE INSERT OR UPDATE ON "appeal"
  FOR EACH ROW EXECUTE FUNCTION appeal_holds();

-- Serial numbers of new appeals; the made-up ones have theirs below and above.
CREATE SEQUENCE appeal_serial START 10000000 MAXVALUE 98999999;
