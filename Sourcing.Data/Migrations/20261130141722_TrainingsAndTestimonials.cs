using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class TrainingsAndTestimonials : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_training",
                table: "education_units",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "testimonials",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    speaker_id = table.Column<Guid>(type: "uuid", nullable: false),
                    about_id = table.Column<Guid>(type: "uuid", nullable: true),
                    about_external_id = table.Column<Guid>(type: "uuid", nullable: true),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    meeting_id = table.Column<Guid>(type: "uuid", nullable: false),
                    note = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    removed_because = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    import_batch_id = table.Column<Guid>(type: "uuid", nullable: true),
                    import_row = table.Column<int>(type: "integer", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_testimonials", x => x.id);
                    table.CheckConstraint("ck_testimonials_about", "num_nonnulls(about_id, about_external_id) <= 1");
                    table.CheckConstraint("ck_testimonials_removed_because", "deleted_at is null or removed_because <> ''");
                    table.CheckConstraint("ck_testimonials_self", "(speaker_id <> about_id) is not false");
                    table.ForeignKey(
                        name: "fk_testimonials_chapter_import_batches_import_batch_id",
                        column: x => x.import_batch_id,
                        principalTable: "chapter_import_batches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_testimonials_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_testimonials_external_parties_about_external_id",
                        column: x => x.about_external_id,
                        principalTable: "external_parties",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_testimonials_meetings_meeting_id",
                        column: x => x.meeting_id,
                        principalTable: "meetings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_testimonials_members_about_id",
                        column: x => x.about_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_testimonials_members_speaker_id",
                        column: x => x.speaker_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_testimonials_about_external_id",
                table: "testimonials",
                column: "about_external_id");

            migrationBuilder.CreateIndex(
                name: "ix_testimonials_about_id",
                table: "testimonials",
                column: "about_id");

            migrationBuilder.CreateIndex(
                name: "ix_testimonials_chapter_id_meeting_id",
                table: "testimonials",
                columns: new[] { "chapter_id", "meeting_id" });

            migrationBuilder.CreateIndex(
                name: "ix_testimonials_import_batch_id",
                table: "testimonials",
                column: "import_batch_id");

            migrationBuilder.CreateIndex(
                name: "ix_testimonials_meeting_id",
                table: "testimonials",
                column: "meeting_id");

            migrationBuilder.CreateIndex(
                name: "ix_testimonials_speaker_id",
                table: "testimonials",
                column: "speaker_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "testimonials");

            migrationBuilder.DropColumn(
                name: "is_training",
                table: "education_units");
        }
    }
}
