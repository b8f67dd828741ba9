DROP INDEX "workspaces_partner";--> statement-breakpoint
CREATE INDEX "workspaces_by_name" ON "workspaces" USING btree ("partner_id",lower("name"),"id");