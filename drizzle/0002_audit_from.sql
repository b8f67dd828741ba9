ALTER TABLE "events" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "user_agent" text;--> statement-breakpoint
CREATE INDEX "events_actor" ON "events" USING btree ("workspace_id","actor_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "events_name" ON "events" USING btree ("workspace_id","name","at" DESC NULLS LAST,"id" DESC NULLS LAST);