-- The branches of an appeal's course, and the ways in which it comes in. New values can be used only after they are
-- committed, so the tables follow in a migration of their own.
ALTER TYPE "AppealState" ADD VALUE 'TRANSFERRED';
ALTER TYPE "AppealState" ADD VALUE 'DISPUTED';
ALTER TYPE "AppealState" ADD VALUE 'MERGED';
ALTER TYPE "AppealState" ADD VALUE 'REJECTED';
ALTER TYPE "AppealState" ADD VALUE 'WITHDRAWN';

ALTER TYPE "AppealChannel" ADD VALUE 'HOTLINE';
ALTER TYPE "AppealChannel" ADD VALUE 'PROACTIVE';
