-- CreateEnum
CREATE TYPE "ShopCategory" AS ENUM ('GROCERY', 'CONVENIENCE_STORE', 'BREAKFAST', 'CATERING', 'PHARMACY', 'HAIRDRESSER', 'LAUNDRY', 'REPAIR', 'DOMESTIC_SERVICE', 'RECYCLING', 'BOOKS', 'UNSTAFFED_STORE');

-- CreateEnum
CREATE TYPE "ParcelPointKind" AS ENUM ('LOCKER', 'STATION');

-- CreateTable
CREATE TABLE "shop" (
    "id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "category" "ShopCategory" NOT NULL,
    "area_m2" INTEGER NOT NULL,
    "hours" TEXT NOT NULL,
    "chain" BOOLEAN NOT NULL,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "registered_on" DATE NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "shop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "parcel_point" (
    "id" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "ParcelPointKind" NOT NULL,
    "capacity" INTEGER NOT NULL,
    "hours" TEXT NOT NULL,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "parcel_point_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "shop_community_code_id_idx" ON "shop"("community_code", "id");

-- CreateIndex
CREATE INDEX "shop_category_community_code_idx" ON "shop"("category", "community_code");

-- CreateIndex
CREATE INDEX "parcel_point_community_code_id_idx" ON "parcel_point"("community_code", "id");
