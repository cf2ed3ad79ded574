using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Common;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Data.Imports;

internal sealed class ImportsMapping :
    IEntityTypeConfiguration<ImportRun>, IEntityTypeConfiguration<ImportMapping>, IEntityTypeConfiguration<ImportFile>,
    IEntityTypeConfiguration<ImportRow>, IEntityTypeConfiguration<ImportChange>, IEntityTypeConfiguration<NameAlias>
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public void Configure(EntityTypeBuilder<ImportRun> run)
    {
        run.Property(r => r.Number).HasMaxLength(30);
        run.Property(r => r.Kind).HasMaxLength(40);
        run.Property(r => r.FileName).HasMaxLength(255);
        run.Property(r => r.Sha256).HasMaxLength(64);
        run.Property(r => r.Refusal).HasMaxLength(1000);
        run.Property(r => r.UploadedByName).HasMaxLength(120);
        AsJson(run.Property(r => r.Mapping));
        AsJson(run.Property(r => r.Counts));
        AsJson(run.Property(r => r.RuleCounts));
        run.HasIndex(r => r.Number).IsUnique();
        run.HasIndex(r => r.CreatedAt).IsDescending();
        run.HasIndex(r => r.Status);
        run.HasIndex(r => r.UploadedBy);
    }

    public void Configure(EntityTypeBuilder<ImportMapping> mapping)
    {
        mapping.Property(m => m.Kind).HasMaxLength(40);
        mapping.Property(m => m.Name).HasMaxLength(80);
        AsJson(mapping.Property(m => m.Definition));
        mapping.HasIndex(m => new { m.Kind, m.Name }).IsUnique();
        DatabaseFaults.Explain("ix_import_mappings_kind_name", "A mapping of this name exists already. Choose another name, or save over it.");
    }

    public void Configure(EntityTypeBuilder<ImportFile> file)
    {
        file.HasKey(f => f.RunId);
        file.HasOne<ImportRun>().WithOne().HasForeignKey<ImportFile>(f => f.RunId);
        file.Property(f => f.StoredName).HasMaxLength(80);
        AsJson(file.Property(f => f.Profile));
    }

    public void Configure(EntityTypeBuilder<ImportRow> row)
    {
        row.HasKey(r => new { r.RunId, r.Row });
        row.HasOne<ImportRun>().WithMany().HasForeignKey(r => r.RunId);
        row.Property(r => r.Mended).HasColumnType("jsonb").HasDefaultValueSql("'{}'");
        row.Property(r => r.Confirmed).HasDefaultValue(false);
        row.Property(r => r.TakenOut).HasDefaultValue(false);
    }

    public void Configure(EntityTypeBuilder<ImportChange> change)
    {
        change.HasKey(c => new { c.RunId, c.TableName, c.RecordId });
        change.HasOne<ImportRun>().WithMany().HasForeignKey(c => c.RunId);
        change.Property(c => c.TableName).HasMaxLength(63);
        change.Property(c => c.OldValues).HasColumnType("jsonb");
        change.Property(c => c.NewValues).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<NameAlias> alias)
    {
        alias.ToTable("name_aliases");
        alias.Property(a => a.Id).ValueGeneratedNever();
        alias.Property(a => a.Alias).HasMaxLength(255);
        alias.Property(a => a.Plain).HasMaxLength(300);
        alias.Property(a => a.LearntBy).HasMaxLength(120);
        alias.HasIndex(a => new { a.Kind, a.Plain }).IsUnique();
    }

    // Replaced as a whole, never changed in place: the reference tells whether it changed.
    private static void AsJson<T>(PropertyBuilder<T> property) where T : class =>
        property.HasColumnType("jsonb").HasConversion(
            v => JsonSerializer.Serialize(v, Json), s => JsonSerializer.Deserialize<T>(s, Json)!,
            new ValueComparer<T>((a, b) => ReferenceEquals(a, b), v => v.GetHashCode(), v => v));
}
