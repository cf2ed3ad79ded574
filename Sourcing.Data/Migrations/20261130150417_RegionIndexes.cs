using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class RegionIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_visitors_meeting_id",
                table: "visitors");

            migrationBuilder.DropIndex(
                name: "ix_referrals_meeting_id",
                table: "referrals");

            migrationBuilder.DropIndex(
                name: "ix_one_to_ones_meeting_id",
                table: "one_to_ones");

            migrationBuilder.DropIndex(
                name: "ix_closed_business_meeting_id",
                table: "closed_business");

            migrationBuilder.DropIndex(
                name: "ix_attendances_meeting_id_member_id",
                table: "attendances");

            migrationBuilder.CreateIndex(
                name: "ix_visitors_meeting_id",
                table: "visitors",
                column: "meeting_id")
                .Annotation("Npgsql:IndexInclude", new[] { "kind", "deleted_at" });

            migrationBuilder.CreateIndex(
                name: "ix_referrals_meeting_id",
                table: "referrals",
                column: "meeting_id")
                .Annotation("Npgsql:IndexInclude", new[] { "giver_id", "deleted_at" });

            migrationBuilder.CreateIndex(
                name: "ix_one_to_ones_meeting_id",
                table: "one_to_ones",
                column: "meeting_id")
                .Annotation("Npgsql:IndexInclude", new[] { "initiator_id", "partner_id", "deleted_at" });

            migrationBuilder.CreateIndex(
                name: "ix_closed_business_meeting_id",
                table: "closed_business",
                column: "meeting_id")
                .Annotation("Npgsql:IndexInclude", new[] { "amount", "currency", "deleted_at" });

            migrationBuilder.CreateIndex(
                name: "ix_attendances_meeting_id_member_id",
                table: "attendances",
                columns: new[] { "meeting_id", "member_id" },
                unique: true)
                .Annotation("Npgsql:IndexInclude", new[] { "code" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_visitors_meeting_id",
                table: "visitors");

            migrationBuilder.DropIndex(
                name: "ix_referrals_meeting_id",
                table: "referrals");

            migrationBuilder.DropIndex(
                name: "ix_one_to_ones_meeting_id",
                table: "one_to_ones");

            migrationBuilder.DropIndex(
                name: "ix_closed_business_meeting_id",
                table: "closed_business");

            migrationBuilder.DropIndex(
                name: "ix_attendances_meeting_id_member_id",
                table: "attendances");

            migrationBuilder.CreateIndex(
                name: "ix_visitors_meeting_id",
                table: "visitors",
                column: "meeting_id");

            migrationBuilder.CreateIndex(
                name: "ix_referrals_meeting_id",
                table: "referrals",
                column: "meeting_id");

            migrationBuilder.CreateIndex(
                name: "ix_one_to_ones_meeting_id",
                table: "one_to_ones",
                column: "meeting_id");

            migrationBuilder.CreateIndex(
                name: "ix_closed_business_meeting_id",
                table: "closed_business",
                column: "meeting_id");

            migrationBuilder.CreateIndex(
                name: "ix_attendances_meeting_id_member_id",
                table: "attendances",
                columns: new[] { "meeting_id", "member_id" },
                unique: true);
        }
    }
}
