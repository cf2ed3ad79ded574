using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Rfqs;

internal sealed class QuoteMapping :
    IEntityTypeConfiguration<Quote>, IEntityTypeConfiguration<QuoteLine>, IEntityTypeConfiguration<QuotePriceBreak>,
    IEntityTypeConfiguration<QuoteRevision>, IEntityTypeConfiguration<QuoteDraft>, IEntityTypeConfiguration<AwardDecision>, IEntityTypeConfiguration<Award>
{
    static QuoteMapping()
    {
        DatabaseFaults.Explain("ix_quotes_rfq_id_supplier_id_round", "This supplier's quote was begun by somebody else a moment ago. Reload the page to go on with it: each supplier has one quote in a round.");
        DatabaseFaults.Explain("ix_quote_revisions_quote_id_revision", "Somebody else submitted this quote a moment ago. Reload the page to see it.");
        DatabaseFaults.Explain("ix_quote_drafts_quote_id_by_buyer", "Somebody else saved a draft of this quote a moment ago. Reload the page to go on with it.");
        DatabaseFaults.Explain("ix_award_decisions_rfq_id_round", "This round has been awarded already. Reload the page to see by whom.");
    }

    public void Configure(EntityTypeBuilder<Quote> quote)
    {
        quote.HasOne<Rfq>().WithMany().HasForeignKey(q => q.RfqId);
        quote.HasOne<Supplier>().WithMany().HasForeignKey(q => q.SupplierId);
        quote.HasMany(q => q.Lines).WithOne().HasForeignKey(l => l.QuoteId).OnDelete(DeleteBehavior.Cascade);
        quote.Property(q => q.Number).HasMaxLength(20);
        quote.Property(q => q.Currency).HasMaxLength(3);
        quote.Property(q => q.ExchangeRate).HasPrecision(18, 8);
        quote.Property(q => q.PaymentTerms).HasMaxLength(200);
        quote.Property(q => q.Incoterm).HasMaxLength(80);
        quote.Property(q => q.Notes).HasMaxLength(4000);
        quote.Property(q => q.FreightCost).HasPrecision(18, 2);
        quote.Property(q => q.OtherCost).HasPrecision(18, 2);
        quote.Property(q => q.Total).HasPrecision(18, 2);
        quote.Property(q => q.SubmittedByName).HasMaxLength(200);
        quote.Property(q => q.WithdrawReason).HasMaxLength(500);
        quote.HasIndex(q => q.Number).IsUnique();
        quote.HasIndex(q => new { q.RfqId, q.SupplierId, q.Round }).IsUnique();
        quote.HasIndex(q => new { q.SupplierId, q.SubmittedAt }).IsDescending(false, true);
        quote.HasIndex(q => new { q.Status, q.ValidUntil });
        quote.ToTable(t =>
        {
            t.HasCheckConstraint("ck_quotes_round", "round >= 1");
            t.HasCheckConstraint("ck_quotes_costs", "freight_cost >= 0 and other_cost >= 0 and total >= 0");
            t.HasCheckConstraint("ck_quotes_lead_time", "lead_time_days between 0 and 3650");
            t.HasCheckConstraint("ck_quotes_submitted", "status = 'draft' or (revision > 0 and submitted_at is not null and (valid_until is not null or status in ('sealed', 'withdrawn')))");
        });
    }

    public void Configure(EntityTypeBuilder<QuoteLine> line)
    {
        // Made by the application: a line or break new to a known quote is an insert.
        line.Property(l => l.Id).ValueGeneratedNever();
        line.HasOne<RfqLine>().WithMany().HasForeignKey(l => l.RfqLineId);
        line.HasOne<Unit>().WithMany().HasForeignKey(l => l.UnitId);
        line.HasMany(l => l.Breaks).WithOne().HasForeignKey(b => b.QuoteLineId).OnDelete(DeleteBehavior.Cascade);
        line.Property(l => l.Alternate).HasMaxLength(500);
        line.Property(l => l.Notes).HasMaxLength(1000);
        line.HasIndex(l => new { l.QuoteId, l.RfqLineId }).IsUnique();
        line.HasIndex(l => l.RfqLineId);
        line.ToTable(t =>
        {
            t.HasCheckConstraint("ck_quote_lines_offer", "case outcome when 'no_quote' then unit_price is null and no_quote_reason is not null else unit_price > 0 and quantity > 0 and no_quote_reason is null end");
            t.HasCheckConstraint("ck_quote_lines_ranges", "(moq is null or moq > 0) and (order_multiple is null or order_multiple > 0) and (lead_time_days is null or lead_time_days between 0 and 3650)");
        });
    }

    public void Configure(EntityTypeBuilder<QuotePriceBreak> price)
    {
        price.Property(b => b.Id).ValueGeneratedNever();
        price.HasIndex(b => new { b.QuoteLineId, b.MinimumQuantity }).IsUnique();
        price.ToTable(t => t.HasCheckConstraint("ck_quote_price_breaks_ranges", "minimum_quantity > 0 and unit_price > 0"));
    }

    public void Configure(EntityTypeBuilder<QuoteRevision> revision)
    {
        revision.HasOne<Quote>().WithMany().HasForeignKey(r => r.QuoteId);
        revision.Property(r => r.Currency).HasMaxLength(3);
        revision.Property(r => r.Total).HasPrecision(18, 2);
        revision.Property(r => r.SubmittedByName).HasMaxLength(200);
        revision.HasIndex(r => new { r.QuoteId, r.Revision }).IsUnique();
        Kept(revision.Property(r => r.Content));
    }

    public void Configure(EntityTypeBuilder<QuoteDraft> draft)
    {
        draft.HasOne<Quote>().WithMany().HasForeignKey(d => d.QuoteId);
        draft.Property(d => d.SavedByName).HasMaxLength(200);
        draft.HasIndex(d => new { d.QuoteId, d.ByBuyer }).IsUnique();
        Kept(draft.Property(d => d.Content));
    }

    public void Configure(EntityTypeBuilder<AwardDecision> decision)
    {
        decision.HasOne<Rfq>().WithMany().HasForeignKey(d => d.RfqId);
        decision.HasOne<Awarding.AwardScenario>().WithMany().HasForeignKey(d => d.ScenarioId);
        decision.HasMany(d => d.Awards).WithOne().HasForeignKey(a => a.DecisionId);
        decision.Property(d => d.Currency).HasMaxLength(3);
        decision.Property(d => d.Total).HasPrecision(18, 2);
        decision.Property(d => d.TotalInBase).HasPrecision(18, 2);
        decision.Property(d => d.Savings).HasPrecision(18, 2);
        decision.Property(d => d.DeclineReason).HasMaxLength(500);
        decision.Property(d => d.Justification).HasMaxLength(2000);
        decision.HasIndex(d => d.RfqId);
        decision.HasIndex(d => new { d.RfqId, d.Round }).IsUnique().HasFilter("status <> 'declined'");
        decision.ToTable(t => t.HasCheckConstraint("ck_award_decisions_round", "round >= 1"));
    }

    public void Configure(EntityTypeBuilder<Award> award)
    {
        award.HasOne<RfqLine>().WithMany().HasForeignKey(a => a.RfqLineId);
        award.HasOne<QuoteLine>().WithMany().HasForeignKey(a => a.QuoteLineId);
        award.HasIndex(a => new { a.DecisionId, a.RfqLineId, a.QuoteLineId }).IsUnique();
        award.HasIndex(a => a.RfqLineId);
        award.HasIndex(a => a.QuoteLineId);
        award.ToTable(t => t.HasCheckConstraint("ck_awards_ranges", "quantity > 0 and order_quantity > 0 and unit_price > 0"));
    }

    private static void Kept(PropertyBuilder<QuoteContent> content) =>
        content.HasColumnType("jsonb").HasConversion(
            c => QuoteJson.Write(c),
            json => QuoteJson.Read(json),
            new ValueComparer<QuoteContent>((a, b) => QuoteJson.Write(a!) == QuoteJson.Write(b!), c => QuoteJson.Write(c).GetHashCode(StringComparison.Ordinal), c => QuoteJson.Read(QuoteJson.Write(c))));
}
