-- CreateEnum
CREATE TYPE "PlanTaskStatus" AS ENUM ('NOT_STARTED', 'IN_PROGRESS', 'DELAYED', 'COMPLETED');

-- CreateTable
CREATE TABLE "plan_task_note" (
    "id" TEXT NOT NULL,
    "task_no" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "department" TEXT NOT NULL,
    "status" "PlanTaskStatus" NOT NULL,
    "text" TEXT NOT NULL,
    "evidence" TEXT[],

    CONSTRAINT "plan_task_note_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "plan_task_note_task_no_id_idx" ON "plan_task_note"("task_no", "id");

CREATE TRIGGER plan_task_note_append_only BEFORE UPDATE OR DELETE ON "plan_task_note"
FOR EACH ROW EXECUTE FUNCTION refuse_change();
