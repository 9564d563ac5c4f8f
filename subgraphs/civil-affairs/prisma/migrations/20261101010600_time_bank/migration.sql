-- CreateEnum
CREATE TYPE "TimeBankAccountKind" AS ENUM ('PERSONAL', 'ISSUING', 'REDEMPTION');

-- CreateEnum
CREATE TYPE "TimeBankTransferKind" AS ENUM ('EARNED', 'TRANSFERRED', 'REDEEMED');

-- CreateTable
CREATE TABLE "time_bank_account" (
    "id" TEXT NOT NULL,
    "kind" "TimeBankAccountKind" NOT NULL,
    "holder_id" TEXT,
    "station_id" TEXT,
    "community_code" TEXT NOT NULL,
    "balance" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "time_bank_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "time_bank_entry" (
    "id" TEXT NOT NULL,
    "transfer_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "kind" "TimeBankTransferKind" NOT NULL,
    "minutes" INTEGER NOT NULL,
    "balance" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT NOT NULL,

    CONSTRAINT "time_bank_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "time_bank_earning" (
    "service" TEXT NOT NULL,
    "transfer_id" TEXT NOT NULL,

    CONSTRAINT "time_bank_earning_pkey" PRIMARY KEY ("service")
);

-- CreateIndex
CREATE UNIQUE INDEX "time_bank_account_holder_id_key" ON "time_bank_account"("holder_id");

-- CreateIndex
CREATE INDEX "time_bank_account_community_code_id_idx" ON "time_bank_account"("community_code", "id");

-- CreateIndex
CREATE INDEX "time_bank_account_kind_community_code_idx" ON "time_bank_account"("kind", "community_code");

-- CreateIndex
CREATE UNIQUE INDEX "time_bank_account_station_id_kind_key" ON "time_bank_account"("station_id", "kind");

-- CreateIndex
CREATE INDEX "time_bank_entry_account_id_id_idx" ON "time_bank_entry"("account_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "time_bank_entry_transfer_id_account_id_key" ON "time_bank_entry"("transfer_id", "account_id");

-- CreateIndex
CREATE UNIQUE INDEX "time_bank_earning_transfer_id_key" ON "time_bank_earning"("transfer_id");

-- The ledger is the truth and balances follow it, whoever writes: the entries of a transfer come in one statement and sum
-- to zero, they move the balances of their accounts, and no account but an issuing one goes below zero. Where one of these
-- does not hold, the statement fails and its transaction with it.
CREATE FUNCTION time_bank_post() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong TEXT;
BEGIN
  SELECT transfer_id INTO wrong FROM added GROUP BY transfer_id HAVING count(*) <> 2 OR sum(minutes) <> 0 LIMIT 1;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'transfer % is not two entries that sum to zero', wrong USING ERRCODE = 'check_violation';
  END IF;
  UPDATE time_bank_account a SET balance = a.balance + moved.minutes
    FROM (SELECT account_id, sum(minutes)::integer AS minutes FROM added GROUP BY account_id) moved
    WHERE a.id = moved.account_id;
  SELECT a.id INTO wrong FROM time_bank_account a
    WHERE a.id IN (SELECT account_id FROM added) AND a.kind <> 'ISSUING' AND a.balance < 0 LIMIT 1;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'account % would go below zero', wrong USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT FROM added WHERE NOT EXISTS (SELECT FROM time_bank_account a WHERE a.id = added.account_id)
  ) THEN
    RAISE EXCEPTION 'an entry names an account that is not there' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER time_bank_entry_post AFTER INSERT ON time_bank_entry
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION time_bank_post();

CREATE FUNCTION time_bank_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'entries of the time bank are never changed: write a transfer back' USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER time_bank_entry_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON time_bank_entry
  FOR EACH STATEMENT EXECUTE FUNCTION time_bank_keep();
