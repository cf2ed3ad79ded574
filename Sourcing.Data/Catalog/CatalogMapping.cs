using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog;

internal sealed class CatalogMapping :
    IEntityTypeConfiguration<Unit>, IEntityTypeConfiguration<PartCategory>, IEntityTypeConfiguration<Part>,
    IEntityTypeConfiguration<PartUnitConversion>, IEntityTypeConfiguration<PartCrossReference>,
    IEntityTypeConfiguration<SupplierPart>, IEntityTypeConfiguration<PriceBreak>, IEntityTypeConfiguration<PartPrice>
{
    private const string Live = "deleted_at is null";
    private const string ByPeople = "und-x-icu";

    // Keys are made by the entities: without ValueGeneratedNever a new row in a collection would be taken for an old one.
    public void Configure(EntityTypeBuilder<Unit> unit)
    {
        unit.Property(x => x.Id).ValueGeneratedNever();
        unit.Property(u => u.Code).HasMaxLength(20);
        unit.Property(u => u.Name).HasMaxLength(60).UseCollation(ByPeople);
        unit.Property(u => u.Factor).HasPrecision(24, 12);
        unit.HasIndex(u => u.Code).IsUnique().HasFilter(Live);
        unit.ToTable(t => t.HasCheckConstraint("ck_units_factor", "factor > 0"));
        DatabaseFaults.Explain("ix_units_code", "Another unit has this code. Change that one, or choose another code.");
    }

    public void Configure(EntityTypeBuilder<PartCategory> category)
    {
        category.Property(x => x.Id).ValueGeneratedNever();
        category.Property(c => c.Code).HasMaxLength(40);
        category.Property(c => c.Name).HasMaxLength(120).UseCollation(ByPeople);
        category.HasOne<PartCategory>().WithMany().HasForeignKey(c => c.ParentId);
        category.HasIndex(c => c.Code).IsUnique().HasFilter(Live);
        category.HasIndex(c => c.ParentId);
        category.ToTable(t => t.HasCheckConstraint("ck_part_categories_parent_id", "parent_id <> id"));
        DatabaseFaults.Explain("ix_part_categories_code", "Another category has this code. Change that one, or choose another code.");
    }

    public void Configure(EntityTypeBuilder<Part> part)
    {
        part.Property(x => x.Id).ValueGeneratedNever();
        part.Property(p => p.Number).HasMaxLength(50);
        part.Property(p => p.Name).HasMaxLength(255).UseCollation(ByPeople);
        part.Property(p => p.Description).HasMaxLength(4000);
        part.Property(p => p.HsCode).HasMaxLength(15);
        part.Property(p => p.Features).HasColumnType("jsonb").HasDefaultValueSql("'{}'");
        part.Property(p => p.Specifications).HasColumnType("jsonb").HasDefaultValueSql("'[]'").HasConversion(
            rows => Specification.ToJson(rows),
            json => Specification.FromJson(json),
            new ValueComparer<IReadOnlyList<Specification>>(
                (a, b) => (a ?? Array.Empty<Specification>()).SequenceEqual(b ?? Array.Empty<Specification>()),
                rows => rows.Aggregate(0, (hash, row) => HashCode.Combine(hash, row)),
                rows => rows.ToList()));
        // What search reads is no column but indexes over expressions, made by script: a row costs an import nothing for it.
        part.HasIndex(p => p.Number).IsUnique().HasFilter(Live);
        // The list's orders and filters.
        part.HasIndex(p => new { p.Name, p.Id }).HasFilter(Live);
        part.HasIndex(p => new { p.UpdatedAt, p.Id }).HasFilter(Live);
        part.HasIndex(p => new { p.CategoryId, p.Number }).HasFilter(Live);
        part.HasIndex(p => new { p.Type, p.Number }).HasFilter(Live);
        part.HasIndex(p => p.Number, "ix_parts_critical").HasFilter("is_critical and " + Live);
        part.HasIndex(p => p.DeletedAt).IsDescending().HasFilter("deleted_at is not null");
        part.HasIndex(p => p.UnitId);
        part.HasOne<Part>().WithMany().HasForeignKey(p => p.MergedInto);
        part.HasIndex(p => p.MergedInto).HasFilter("merged_into is not null");
        part.HasOne(p => p.Category).WithMany().HasForeignKey(p => p.CategoryId);
        part.HasOne(p => p.Unit).WithMany().HasForeignKey(p => p.UnitId);
        part.HasMany(p => p.Conversions).WithOne().HasForeignKey(c => c.PartId);
        part.HasMany(p => p.CrossReferences).WithOne(r => r.Part).HasForeignKey(r => r.PartId);
        part.ToTable(t =>
        {
            t.HasCheckConstraint("ck_parts_standard_cost", "standard_cost >= 0");
            t.HasCheckConstraint("ck_parts_shelf_life_days", "shelf_life_days > 0");
            t.HasCheckConstraint("ck_parts_popularity", "popularity >= 0");
            t.HasCheckConstraint("ck_parts_merged_into", "merged_into is null or deleted_at is not null");
        });
        DatabaseFaults.Explain("ix_parts_number", "Another part has this number. Open that one, or choose another number.");
    }

    public void Configure(EntityTypeBuilder<PartUnitConversion> conversion)
    {
        conversion.Property(x => x.Id).ValueGeneratedNever();
        conversion.Property(c => c.Factor).HasPrecision(24, 12);
        conversion.HasOne(c => c.Unit).WithMany().HasForeignKey(c => c.UnitId);
        conversion.HasIndex(c => new { c.PartId, c.UnitId }).IsUnique().HasFilter(Live);
        conversion.HasIndex(c => c.UnitId);
        conversion.ToTable(t => t.HasCheckConstraint("ck_part_unit_conversions_factor", "factor > 0"));
        DatabaseFaults.Explain("ix_part_unit_conversions_part_id_unit_id", "The part has a conversion for this unit already. Change that one.");
    }

    public void Configure(EntityTypeBuilder<PartCrossReference> reference)
    {
        reference.Property(x => x.Id).ValueGeneratedNever();
        reference.Property(r => r.PartyName).HasMaxLength(120);
        reference.Property(r => r.Number).HasMaxLength(80);
        reference.Property<string>("CompactNumber").UseCollation("C").HasComputedColumnSql("app.compact(number)", stored: true);
        reference.Property<string>("PlainParty").HasComputedColumnSql("app.plain(party_name)", stored: true);
        reference.HasOne(r => r.OtherPart).WithMany().HasForeignKey(r => r.OtherPartId);
        reference.HasIndex(r => new { r.PartId, r.Kind, r.PartyName, r.Number }).IsUnique().HasFilter(Live);
        reference.HasIndex("CompactNumber").HasDatabaseName("ix_part_cross_references_compact_number");
        reference.HasIndex(["CompactNumber"], "ix_part_cross_references_compact_number_trigram").HasMethod("gin").HasOperators("gin_trgm_ops");
        reference.HasIndex("PlainParty");
        reference.HasIndex(r => r.OtherPartId);
        DatabaseFaults.Explain("ix_part_cross_references_part_id_kind_party_name_number", "The part has this cross-reference already. Remove one of the two.");
    }

    public void Configure(EntityTypeBuilder<SupplierPart> price)
    {
        price.Property(x => x.Id).ValueGeneratedNever();
        price.Property(p => p.SupplierPartNumber).HasMaxLength(80);
        price.Property(p => p.Currency).HasMaxLength(3);
        price.Property(p => p.ReliabilityScore).HasPrecision(5, 4);
        price.Property(p => p.OrderingCost).HasPrecision(18, 2).HasDefaultValue(100m);
        price.Property(p => p.HoldingCostRate).HasPrecision(6, 4).HasDefaultValue(0.25m);
        price.Property<string?>("CompactNumber").UseCollation("C").HasComputedColumnSql("app.compact(supplier_part_number)", stored: true);
        price.HasOne(p => p.Supplier).WithMany().HasForeignKey(p => p.SupplierId);
        price.HasOne(p => p.Part).WithMany().HasForeignKey(p => p.PartId);
        price.HasOne(p => p.MoqUnit).WithMany().HasForeignKey(p => p.MoqUnitId);
        price.HasMany(p => p.Breaks).WithOne().HasForeignKey(b => b.SupplierPartId);
        price.HasIndex(p => new { p.SupplierId, p.PartId }).IsUnique().HasFilter(Live);
        price.HasIndex(p => p.PartId);
        price.HasIndex(p => p.MoqUnitId);
        price.HasIndex("CompactNumber");
        price.ToTable(t =>
        {
            t.HasCheckConstraint("ck_supplier_parts_unit_cost", "unit_cost >= 0");
            t.HasCheckConstraint("ck_supplier_parts_currency", "currency ~ '^[A-Z]{3}$'");
            t.HasCheckConstraint("ck_supplier_parts_quantities", "moq_quantity > 0 and order_multiple > 0 and contract_quantity_limit > 0");
            t.HasCheckConstraint("ck_supplier_parts_lead_time_days", "lead_time_days between 0 and 1000");
            t.HasCheckConstraint("ck_supplier_parts_reliability_score", "reliability_score between 0 and 1");
            t.HasCheckConstraint("ck_supplier_parts_costs", "ordering_cost >= 0 and holding_cost_rate between 0 and 10");
            t.HasCheckConstraint("ck_supplier_parts_valid_to", "valid_to >= valid_from");
        });
        DatabaseFaults.Explain("ix_supplier_parts_supplier_id_part_id", "This supplier has a price for this part already. Change that one.");
    }

    public void Configure(EntityTypeBuilder<PriceBreak> step)
    {
        step.Property(x => x.Id).ValueGeneratedNever();
        step.HasIndex(b => new { b.SupplierPartId, b.MinimumQuantity }).IsUnique().HasFilter(Live);
        step.ToTable(t =>
        {
            t.HasCheckConstraint("ck_price_breaks_minimum_quantity", "minimum_quantity > 0");
            t.HasCheckConstraint("ck_price_breaks_unit_cost", "unit_cost >= 0");
        });
        DatabaseFaults.Explain("ix_price_breaks_supplier_part_id_minimum_quantity", "The price has a break at this quantity already. Change that one.");
    }

    // Made by script: it reads the tables of other rooms.
    public void Configure(EntityTypeBuilder<PartPrice> price)
    {
        price.ToView("part_prices").HasNoKey();
    }
}
