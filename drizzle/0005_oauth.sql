CREATE TABLE "oauth_apps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"connector" text NOT NULL,
	"environment" text NOT NULL,
	"source" text NOT NULL,
	"client_id" text NOT NULL,
	"client_secret" text NOT NULL,
	"secret_last_four" text NOT NULL,
	"secret_generation" integer DEFAULT 1 NOT NULL,
	"previous_secret" text,
	"previous_secret_until" timestamp with time zone,
	"state" text DEFAULT 'working' NOT NULL,
	"stopped_reason" text,
	"stopped_at" timestamp with time zone,
	"retry_at" timestamp with time zone,
	"tested_at" timestamp with time zone,
	"test_result" text,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "oauth_apps_environment" CHECK ("oauth_apps"."environment" in ('live','sandbox')),
	CONSTRAINT "oauth_apps_state" CHECK ("oauth_apps"."state" in ('working','stopped')),
	CONSTRAINT "oauth_apps_sealed" CHECK ("oauth_apps"."client_secret" ~ '^cv1\.'),
	CONSTRAINT "oauth_apps_sealed_before" CHECK ("oauth_apps"."previous_secret" is null or "oauth_apps"."previous_secret" ~ '^cv1\.')
);
--> statement-breakpoint
CREATE TABLE "oauth_flows" (
	"id" uuid PRIMARY KEY NOT NULL,
	"state_hash" text NOT NULL,
	"binding_hash" text NOT NULL,
	"app_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"link_session_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"verifier" text NOT NULL,
	"redirect_uri" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "oauth_flows_sealed" CHECK ("oauth_flows"."verifier" ~ '^cv1\.')
);
--> statement-breakpoint
CREATE TABLE "refreshes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"app_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"milliseconds" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revocations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"app_id" uuid NOT NULL,
	"connection_id" uuid,
	"link_session_id" uuid,
	"reason" text NOT NULL,
	"connector" text NOT NULL,
	"environment" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"access_expires_at" timestamp with time zone,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp with time zone,
	"problem" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "revocations_state" CHECK ("revocations"."state" in ('waiting','proven','gave_up')),
	CONSTRAINT "revocations_sealed_access" CHECK ("revocations"."access_token" is null or "revocations"."access_token" ~ '^cv1\.'),
	CONSTRAINT "revocations_sealed_refresh" CHECK ("revocations"."refresh_token" is null or "revocations"."refresh_token" ~ '^cv1\.'),
	CONSTRAINT "revocations_shredded" CHECK ("revocations"."state" = 'waiting' or ("revocations"."access_token" is null and "revocations"."refresh_token" is null))
);
--> statement-breakpoint
ALTER TABLE "credentials" DROP CONSTRAINT "credentials_sealed";--> statement-breakpoint
ALTER TABLE "candidate_credentials" DROP CONSTRAINT "candidate_credentials_sealed";--> statement-breakpoint
ALTER TABLE "credentials" ALTER COLUMN "api_key" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "candidate_credentials" ALTER COLUMN "api_key" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "oauth_app_id" uuid;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "access_expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "refresh_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "refresh_lease" uuid;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "refresh_lease_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "refreshed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "refresh_failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "refresh_problem" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "refresh_problem_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "refusals" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "access_token" text;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "refresh_token" text;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "access_expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "proven_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "deletion_receipts" ADD COLUMN "revocation_id" uuid;--> statement-breakpoint
ALTER TABLE "candidate_credentials" ADD COLUMN "access_token" text;--> statement-breakpoint
ALTER TABLE "candidate_credentials" ADD COLUMN "refresh_token" text;--> statement-breakpoint
ALTER TABLE "candidate_credentials" ADD COLUMN "access_expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "candidate_credentials" ADD COLUMN "oauth_app_id" uuid;--> statement-breakpoint
ALTER TABLE "candidate_credentials" ADD COLUMN "accounts" jsonb;--> statement-breakpoint
ALTER TABLE "oauth_apps" ADD CONSTRAINT "oauth_apps_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oauth_apps" ADD CONSTRAINT "oauth_apps_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oauth_flows" ADD CONSTRAINT "oauth_flows_app_id_oauth_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."oauth_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oauth_flows" ADD CONSTRAINT "oauth_flows_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oauth_flows" ADD CONSTRAINT "oauth_flows_link_session_id_link_sessions_id_fk" FOREIGN KEY ("link_session_id") REFERENCES "public"."link_sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oauth_flows" ADD CONSTRAINT "oauth_flows_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oauth_flows" ADD CONSTRAINT "oauth_flows_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refreshes" ADD CONSTRAINT "refreshes_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refreshes" ADD CONSTRAINT "refreshes_app_id_oauth_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."oauth_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revocations" ADD CONSTRAINT "revocations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revocations" ADD CONSTRAINT "revocations_app_id_oauth_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."oauth_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "oauth_apps_living" ON "oauth_apps" USING btree ("partner_id","connector","environment") WHERE "oauth_apps"."removed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "oauth_flows_state" ON "oauth_flows" USING btree ("state_hash");--> statement-breakpoint
CREATE INDEX "oauth_flows_link_session" ON "oauth_flows" USING btree ("link_session_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "oauth_flows_expires" ON "oauth_flows" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "refreshes_connection" ON "refreshes" USING btree ("connection_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "refreshes_app" ON "refreshes" USING btree ("app_id","outcome","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "refreshes_at" ON "refreshes" USING btree ("at");--> statement-breakpoint
CREATE INDEX "revocations_next" ON "revocations" USING btree ("next_try_at") WHERE "revocations"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "revocations_connection" ON "revocations" USING btree ("connection_id");--> statement-breakpoint
CREATE INDEX "connections_refresh_due" ON "connections" USING btree ("refresh_due_at") WHERE "connections"."way" = 'oauth' and "connections"."status" in ('active','inactive');--> statement-breakpoint
CREATE INDEX "connections_oauth_app" ON "connections" USING btree ("oauth_app_id") WHERE "connections"."oauth_app_id" is not null;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_sealed_refresh" CHECK ("credentials"."refresh_token" is null or "credentials"."refresh_token" ~ '^cv1\.');--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_sealed" CHECK (num_nonnulls("credentials"."api_key", "credentials"."access_token") = 1 and coalesce("credentials"."api_key", "credentials"."access_token") ~ '^cv1\.');--> statement-breakpoint
ALTER TABLE "candidate_credentials" ADD CONSTRAINT "candidate_credentials_sealed_refresh" CHECK ("candidate_credentials"."refresh_token" is null or "candidate_credentials"."refresh_token" ~ '^cv1\.');--> statement-breakpoint
ALTER TABLE "candidate_credentials" ADD CONSTRAINT "candidate_credentials_sealed" CHECK (num_nonnulls("candidate_credentials"."api_key", "candidate_credentials"."access_token") = 1 and coalesce("candidate_credentials"."api_key", "candidate_credentials"."access_token") ~ '^cv1\.');