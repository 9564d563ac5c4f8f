-- Credit of a registered organisation stands under its own name and code: where the made-up records named another, which
-- no grade could be recorded for again.
UPDATE "credit_record" c SET "credit_code" = o."credit_code", "name" = o."name"
FROM "organization" o
WHERE o."id" = c."organization_id" AND o."credit_code" IS NOT NULL AND c."credit_code" <> o."credit_code"
  AND c."id" = 'credit-' || c."community_code" || '-2024' AND c."version" = 1;
