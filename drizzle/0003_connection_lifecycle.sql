CREATE TABLE "deletion_receipts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"connector" text NOT NULL,
	"environment" text NOT NULL,
	"name" text NOT NULL,
	"account_name" text NOT NULL,
	"subdomain" text NOT NULL,
	"way" text NOT NULL,
	"last_four" text NOT NULL,
	"ended_links" jsonb NOT NULL,
	"deleted_by" uuid NOT NULL,
	"deleted_by_name" text NOT NULL,
	"deleted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	"revoked_by_name" text
);
--> statement-breakpoint
ALTER TABLE "checks" ADD COLUMN "purpose" text DEFAULT 'look' NOT NULL;--> statement-breakpoint
ALTER TABLE "deletion_receipts" ADD CONSTRAINT "deletion_receipts_deleted_by_members_id_fk" FOREIGN KEY ("deleted_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deletion_receipts" ADD CONSTRAINT "deletion_receipts_connection_fk" FOREIGN KEY ("workspace_id","connection_id") REFERENCES "public"."connections"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "deletion_receipts_connection" ON "deletion_receipts" USING btree ("connection_id");--> statement-breakpoint
CREATE INDEX "deletion_receipts_list" ON "deletion_receipts" USING btree ("workspace_id","deleted_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_purpose" CHECK ("checks"."purpose" in ('look','activate'));