using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Suppliers;

internal sealed class SuppliersMapping :
    IEntityTypeConfiguration<Supplier>, IEntityTypeConfiguration<SupplierContact>, IEntityTypeConfiguration<SupplierUser>
{
    private const string Live = "deleted_at is null";

    public void Configure(EntityTypeBuilder<Supplier> supplier)
    {
        supplier.Property(x => x.Id).ValueGeneratedNever();
        supplier.Property(s => s.Code).HasMaxLength(50);
        supplier.Property(s => s.Name).HasMaxLength(255).UseCollation("und-x-icu");
        supplier.Property(s => s.Category).HasMaxLength(80);
        supplier.Property(s => s.Region).HasMaxLength(80);
        supplier.Property(s => s.Country).HasMaxLength(80);
        supplier.Property(s => s.ContactName).HasMaxLength(120);
        supplier.Property(s => s.Email).HasMaxLength(320);
        supplier.Property(s => s.Phone).HasMaxLength(40);
        supplier.Property(s => s.Website).HasMaxLength(300);
        supplier.Property(s => s.Address).HasMaxLength(500);
        supplier.Property(s => s.BlockReason).HasMaxLength(500);
        supplier.Property(s => s.ManualBlock).HasDefaultValueSql("'none'").ValueGeneratedNever();
        supplier.Property(s => s.ManualBlockReason).HasMaxLength(500);
        supplier.Property(s => s.Standing).HasMaxLength(40);
        supplier.Property(s => s.StandingScore).HasPrecision(5, 2);
        supplier.Property(s => s.StandingEffect).HasDefaultValueSql("'none'").ValueGeneratedNever();
        supplier.Ignore(s => s.StandingBlock);
        supplier.Property(s => s.PaymentTerms).HasMaxLength(120);
        supplier.Property(s => s.Currency).HasMaxLength(3);
        supplier.Property(s => s.Incoterm).HasMaxLength(3);
        supplier.Property(s => s.TaxId).HasMaxLength(40);
        supplier.Property(s => s.Notes).HasMaxLength(4000);
        supplier.Property(s => s.Features).HasColumnType("jsonb").HasDefaultValueSql("'{}'");
        supplier.Property(s => s.ReliabilityScore).HasPrecision(5, 4);
        supplier.Property(s => s.ResponseRate).HasPrecision(5, 4);
        supplier.Property(s => s.WinRate).HasPrecision(5, 4);
        Tags(supplier.Property(s => s.Capabilities));
        Tags(supplier.Property(s => s.Materials));
        Tags(supplier.Property(s => s.Processes));
        // C order, so that one index serves beginnings.
        supplier.Property<string>("PlainName").UseCollation("C").HasComputedColumnSql("app.plain(name)", stored: true);
        supplier.Property<NpgsqlTsVector>("Search").HasComputedColumnSql(
            """
            setweight(to_tsvector('simple', app.words(code || ' ' || name || ' ' || app.compact(code))), 'A')
            || setweight(to_tsvector('simple', app.words(category || ' ' || country || ' ' || region || ' ' || contact_name || ' ' || email || ' ' || tax_id)), 'B')
            || setweight(to_tsvector('simple', app.words(capabilities::text || ' ' || materials::text || ' ' || processes::text)), 'C')
            """.ReplaceLineEndings(" "), stored: true);
        supplier.HasIndex("Search").HasMethod("gin");
        supplier.HasIndex("PlainName").HasDatabaseName("ix_suppliers_plain_name");
        supplier.HasIndex(["PlainName"], "ix_suppliers_plain_name_trigram").HasMethod("gin").HasOperators("gin_trgm_ops");
        supplier.HasIndex(s => s.Code).IsUnique().HasFilter(Live);
        // The list's orders, and the filters that people use most.
        supplier.HasIndex(s => new { s.Name, s.Id }).HasFilter(Live);
        supplier.HasIndex(s => new { s.UpdatedAt, s.Id }).HasFilter(Live);
        supplier.HasIndex(s => new { s.Category, s.Name }).HasFilter(Live);
        supplier.HasIndex(s => new { s.Country, s.Name }).HasFilter(Live);
        // Ranked by score, of all and of a category.
        supplier.HasIndex(s => new { s.StandingScore, s.Id }).HasFilter(Live);
        supplier.HasOne<Supplier>().WithMany().HasForeignKey(s => s.MergedInto);
        supplier.HasIndex(s => s.MergedInto).HasFilter("merged_into is not null");
        supplier.HasMany(s => s.Contacts).WithOne().HasForeignKey(c => c.SupplierId);
        supplier.ToTable(t =>
        {
            t.HasCheckConstraint("ck_suppliers_reliability_score", "reliability_score between 0 and 1");
            t.HasCheckConstraint("ck_suppliers_response_rate", "response_rate between 0 and 1");
            t.HasCheckConstraint("ck_suppliers_win_rate", "win_rate between 0 and 1");
            t.HasCheckConstraint("ck_suppliers_standing_score", "standing_score between 0 and 100 and (standing is null) = (standing_score is null)");
            t.HasCheckConstraint("ck_suppliers_default_lead_time_days", "default_lead_time_days between 0 and 1000");
            t.HasCheckConstraint("ck_suppliers_merged_into", "merged_into is null or deleted_at is not null");
            t.HasCheckConstraint("ck_suppliers_currency", "currency ~ '^[A-Z]{3}$'");
            t.HasCheckConstraint("ck_suppliers_block_reason", "(blocked_for = 'none') = (block_reason is null) and (blocked_for = 'none') = (blocked_at is null)");
        });
        DatabaseFaults.Explain("ix_suppliers_code", "Another supplier has this code. Open that one, or choose another code.");
    }

    public void Configure(EntityTypeBuilder<SupplierContact> contact)
    {
        contact.Property(x => x.Id).ValueGeneratedNever();
        contact.Property(c => c.Name).HasMaxLength(120).UseCollation("und-x-icu");
        contact.Property(c => c.Role).HasMaxLength(80);
        contact.Property(c => c.Email).HasMaxLength(320);
        contact.Property(c => c.Phone).HasMaxLength(40);
        contact.HasIndex(c => c.SupplierId);
        contact.HasIndex(c => c.Email);
        contact.ToTable(t => t.HasCheckConstraint("ck_supplier_contacts_receives_rfqs", "not receives_rfqs or email <> ''"));
    }

    public void Configure(EntityTypeBuilder<SupplierUser> user)
    {
        user.Property(x => x.Id).ValueGeneratedNever();
        user.HasOne(u => u.Supplier).WithMany().HasForeignKey(u => u.SupplierId);
        user.HasOne<AppUser>().WithMany().HasForeignKey(u => u.UserId);
        user.HasIndex(u => u.UserId).IsUnique().HasFilter(Live);
        user.HasIndex(u => u.SupplierId);
        DatabaseFaults.Explain("ix_supplier_users_user_id", "This account acts for a supplier already. Remove it there first.");
    }

    private static void Tags(PropertyBuilder<IReadOnlyList<string>> tags)
    {
        tags.HasColumnType("jsonb").HasDefaultValueSql("'[]'").HasConversion(
            list => JsonSerializer.Serialize(list, JsonSerializerOptions.Web),
            json => JsonSerializer.Deserialize<List<string>>(json, JsonSerializerOptions.Web) ?? new List<string>(),
            new ValueComparer<IReadOnlyList<string>>(
                (a, b) => (a ?? Array.Empty<string>()).SequenceEqual(b ?? Array.Empty<string>()),
                list => list.Aggregate(0, (hash, tag) => HashCode.Combine(hash, tag)),
                list => list.ToList()));
    }
}
