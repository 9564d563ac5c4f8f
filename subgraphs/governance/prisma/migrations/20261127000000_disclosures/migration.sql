-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "disclosure_record" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reader" TEXT NOT NULL,
    "staff_id" TEXT,
    "roles" TEXT[],
    "department" TEXT,
    "purpose" TEXT,
    "legal_basis" TEXT,
    "case_number" TEXT,
    "emergency" BOOLEAN NOT NULL,
    "emergency_until" TIMESTAMPTZ(3),
    "emergency_reason" TEXT,
    "operation_hash" TEXT NOT NULL,
    "operation_name" TEXT,
    "policies" TEXT NOT NULL,
    "residents" TEXT[],
    "coordinates" TEXT[],
    "row_count" INTEGER NOT NULL,
    "entries" JSONB NOT NULL,

    CONSTRAINT "disclosure_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "disclosure" (
    "id" TEXT NOT NULL,
    "record_id" TEXT NOT NULL,
    "resident_id" TEXT NOT NULL,
    "own" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "roles" TEXT[],
    "department" TEXT,
    "purpose" TEXT,
    "legal_basis" TEXT,
    "emergency" BOOLEAN NOT NULL,
    "fields" JSONB NOT NULL,

    CONSTRAINT "disclosure_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "disclosure_record_staff_id_id_idx" ON "disclosure_record"("staff_id", "id");

-- CreateIndex
CREATE INDEX "disclosure_record_purpose_id_idx" ON "disclosure_record"("purpose", "id");

-- CreateIndex
CREATE INDEX "disclosure_record_emergency_id_idx" ON "disclosure_record"("emergency", "id");

-- CreateIndex
CREATE INDEX "disclosure_record_residents_idx" ON "disclosure_record" USING GIN ("residents");

-- CreateIndex
CREATE INDEX "disclosure_record_coordinates_idx" ON "disclosure_record" USING GIN ("coordinates");

-- CreateIndex
CREATE INDEX "disclosure_resident_id_id_idx" ON "disclosure"("resident_id", "id");

-- CreateIndex
CREATE INDEX "disclosure_resident_id_own_id_idx" ON "disclosure"("resident_id", "own", "id");

-- What was disclosed was disclosed: nobody changes or removes a record, the owner of the tables included.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The disclosure record can only be added to: % of % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER "disclosure_record_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "disclosure_record"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

CREATE TRIGGER "disclosure_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "disclosure"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
