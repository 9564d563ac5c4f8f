-- CreateTable
CREATE TABLE "child_protection_station" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "street_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "hotline" TEXT NOT NULL,
    "opening_hours" TEXT NOT NULL,

    CONSTRAINT "child_protection_station_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "children_director" (
    "community_code" TEXT NOT NULL,
    "worker_id" TEXT NOT NULL,
    "appointed_on" DATE NOT NULL,

    CONSTRAINT "children_director_pkey" PRIMARY KEY ("community_code")
);

-- CreateIndex
CREATE UNIQUE INDEX "child_protection_station_street_code_key" ON "child_protection_station"("street_code");

-- CreateIndex
CREATE INDEX "child_protection_station_community_code_id_idx" ON "child_protection_station"("community_code", "id");

-- CreateIndex
CREATE UNIQUE INDEX "children_director_worker_id_key" ON "children_director"("worker_id");
