using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class LedgerIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_commissions_source_id",
                table: "commissions");

            migrationBuilder.CreateIndex(
                name: "ix_commissions_source_id",
                table: "commissions",
                column: "source_id",
                filter: "source_id is not null and order_id is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_commissions_source_id",
                table: "commissions");

            migrationBuilder.CreateIndex(
                name: "ix_commissions_source_id",
                table: "commissions",
                column: "source_id",
                filter: "source_id is not null");
        }
    }
}
