using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Sales;

internal sealed class SalesMapping :
    IEntityTypeConfiguration<Customer>, IEntityTypeConfiguration<CustomerContact>, IEntityTypeConfiguration<CustomerResponsibility>,
    IEntityTypeConfiguration<SalesRep>, IEntityTypeConfiguration<SalesTeam>, IEntityTypeConfiguration<SalesQuota>, IEntityTypeConfiguration<SalesNote>,
    IEntityTypeConfiguration<LastContact>, IEntityTypeConfiguration<OrderSale>, IEntityTypeConfiguration<RfqRequest>, IEntityTypeConfiguration<Rfq>
{
    private const string Live = "deleted_at is null";

    public void Configure(EntityTypeBuilder<Customer> customer)
    {
        customer.Property(c => c.Id).ValueGeneratedNever();
        customer.Property(c => c.Number).HasMaxLength(30);
        customer.Property(c => c.Name).HasMaxLength(255).UseCollation("und-x-icu");
        customer.Property(c => c.Email).HasMaxLength(320);
        customer.Property(c => c.Phone).HasMaxLength(40);
        customer.Property(c => c.Website).HasMaxLength(300);
        customer.Property(c => c.Address).HasMaxLength(500);
        customer.Property(c => c.Country).HasMaxLength(80);
        customer.Property(c => c.Currency).HasMaxLength(3);
        customer.Property(c => c.PaymentTerms).HasMaxLength(120);
        customer.Property(c => c.TaxId).HasMaxLength(40);
        customer.Property(c => c.About).HasMaxLength(4000);
        Texts(customer.Property(c => c.ExternalIds));
        customer.Property<string>("PlainName").UseCollation("C").HasComputedColumnSql("app.plain(name)", stored: true);
        customer.Property<NpgsqlTsVector>("Search").HasComputedColumnSql(
            """
            setweight(to_tsvector('simple', app.words(number || ' ' || name || ' ' || app.compact(number))), 'A')
            || setweight(to_tsvector('simple', app.words(country || ' ' || email || ' ' || tax_id || ' ' || external_ids::text)), 'B')
            """.ReplaceLineEndings(" "), stored: true);
        customer.HasIndex("Search").HasMethod("gin");
        customer.HasIndex("PlainName").HasDatabaseName("ix_customers_plain_name");
        customer.HasIndex(["PlainName"], "ix_customers_plain_name_trigram").HasMethod("gin").HasOperators("gin_trgm_ops");
        customer.HasIndex(c => c.Number).IsUnique().HasFilter(Live);
        customer.HasIndex(c => new { c.SalesRepId, c.Name, c.Id }).HasFilter(Live);
        customer.HasIndex(c => new { c.Name, c.Id }).HasFilter(Live);
        customer.HasIndex(c => new { c.UpdatedAt, c.Id }).HasFilter(Live);
        customer.HasIndex(c => c.MergedInto).HasFilter("merged_into is not null");
        customer.HasOne<SalesRep>().WithMany().HasForeignKey(c => c.SalesRepId);
        customer.HasOne<Customer>().WithMany().HasForeignKey(c => c.MergedInto);
        customer.HasMany(c => c.Contacts).WithOne().HasForeignKey(c => c.CustomerId);
        customer.HasMany(c => c.Responsibilities).WithOne().HasForeignKey(r => r.CustomerId);
        customer.ToTable(t =>
        {
            t.HasCheckConstraint("ck_customers_currency", "currency ~ '^[A-Z]{3}$'");
            t.HasCheckConstraint("ck_customers_merged_into", "merged_into is null or deleted_at is not null");
        });
        DatabaseFaults.Explain("ix_customers_number", "Another customer has this number. Open that one, or choose another number.");
    }

    public void Configure(EntityTypeBuilder<CustomerContact> contact)
    {
        contact.Property(c => c.Id).ValueGeneratedNever();
        contact.Property(c => c.Name).HasMaxLength(120);
        contact.Property(c => c.Role).HasMaxLength(80);
        contact.Property(c => c.Email).HasMaxLength(320);
        contact.Property(c => c.Phone).HasMaxLength(40);
        contact.HasIndex(c => c.CustomerId);
    }

    public void Configure(EntityTypeBuilder<CustomerResponsibility> responsibility)
    {
        responsibility.Property(r => r.Id).ValueGeneratedNever();
        responsibility.HasOne<SalesRep>().WithMany().HasForeignKey(r => r.SalesRepId);
        responsibility.HasIndex(r => new { r.CustomerId, r.ValidFrom }).IsUnique();
        responsibility.HasIndex(r => r.SalesRepId);
        responsibility.ToTable(t => t.HasCheckConstraint("ck_customer_responsibilities_valid", "valid_until > valid_from"));
        DatabaseFaults.Explain("ix_customer_responsibilities_customer_id_valid_from", "Somebody else gave this customer away a moment ago. Load the page again.");
    }

    public void Configure(EntityTypeBuilder<SalesTeam> team)
    {
        team.Property(t => t.Id).ValueGeneratedNever();
        team.Property(t => t.Name).HasMaxLength(80);
        team.HasIndex(t => t.Name).IsUnique();
        DatabaseFaults.Explain("ix_sales_teams_name", "There is a team of this name. Choose another name.");
    }

    public void Configure(EntityTypeBuilder<SalesRep> rep)
    {
        rep.Property(r => r.Id).ValueGeneratedNever();
        rep.HasOne<AppUser>().WithOne().HasForeignKey<SalesRep>(r => r.Id);
        rep.HasOne<SalesRep>().WithMany().HasForeignKey(r => r.ManagerId);
        rep.HasOne<SalesTeam>().WithMany().HasForeignKey(r => r.TeamId);
        rep.HasIndex(r => r.ManagerId);
        rep.HasIndex(r => r.TeamId);
        rep.ToTable(t => t.HasCheckConstraint("ck_sales_reps_manager_id", "manager_id <> id"));
    }

    public void Configure(EntityTypeBuilder<SalesQuota> quota)
    {
        quota.Property(q => q.Id).ValueGeneratedNever();
        quota.Property(q => q.Currency).HasMaxLength(3);
        quota.HasOne<SalesRep>().WithMany().HasForeignKey(q => q.SalesRepId);
        quota.HasIndex(q => new { q.SalesRepId, q.PeriodStart }).IsUnique();
        quota.ToTable(t =>
        {
            t.HasCheckConstraint("ck_sales_quotas_period_end", "period_end > period_start");
            t.HasCheckConstraint("ck_sales_quotas_amount", "amount > 0");
        });
        DatabaseFaults.Explain("ix_sales_quotas_sales_rep_id_period_start", "This representative has a quota that begins on that day. Change that one.");
    }

    public void Configure(EntityTypeBuilder<SalesNote> note)
    {
        note.Property(n => n.Id).ValueGeneratedNever();
        note.Property(n => n.Body).HasMaxLength(4000);
        note.Property(n => n.NextAction).HasMaxLength(200);
        note.Property<NpgsqlTsVector>("Search").HasComputedColumnSql("to_tsvector('simple', app.words(body || ' ' || next_action))", stored: true);
        note.HasIndex("Search").HasMethod("gin");
        note.HasOne<Customer>().WithMany().HasForeignKey(n => n.CustomerId);
        note.HasOne<SalesRep>().WithMany().HasForeignKey(n => n.SalesRepId);
        note.HasOne<CustomerContact>().WithMany().HasForeignKey(n => n.ContactId);
        note.HasOne<Rfq>().WithMany().HasForeignKey(n => n.RfqId);
        note.HasOne<Order>().WithMany().HasForeignKey(n => n.OrderId);
        // Everybody's notes from the last one back, a customer's timeline, a representative's own, what is to do, and what was done in a week.
        note.HasIndex(n => new { n.OccurredAt, n.Id }).HasFilter(Live);
        note.HasIndex(n => new { n.CustomerId, n.OccurredAt, n.Id }).HasFilter(Live);
        note.HasIndex(n => new { n.SalesRepId, n.OccurredAt, n.Id }).HasFilter(Live).IncludeProperties(nameof(SalesNote.Kind), nameof(SalesNote.DurationSeconds));
        note.HasIndex(n => new { n.SalesRepId, n.NextActionOn }).HasFilter("done_at is null and next_action_on is not null and deleted_at is null");
        note.HasIndex(n => new { n.SalesRepId, n.DoneAt }).HasFilter("done_at is not null and deleted_at is null").IncludeProperties(nameof(SalesNote.FirstDueOn));
        note.HasIndex(n => n.ContactId).HasFilter("contact_id is not null");
        note.HasIndex(n => n.RfqId).HasFilter("rfq_id is not null");
        note.HasIndex(n => n.OrderId).HasFilter("order_id is not null");
        note.ToTable(t =>
        {
            t.HasCheckConstraint("ck_sales_notes_body", "body <> ''");
            t.HasCheckConstraint("ck_sales_notes_next_action", "(next_action = '') = (next_action_on is null)");
            t.HasCheckConstraint("ck_sales_notes_duration_seconds", "duration_seconds between 0 and 86400");
        });
    }

    // Without foreign keys: it follows from notes, which have them.
    public void Configure(EntityTypeBuilder<LastContact> contact)
    {
        contact.HasKey(c => new { c.SalesRepId, c.CustomerId });
        contact.HasIndex(c => c.CustomerId);
    }

    public void Configure(EntityTypeBuilder<OrderSale> sale)
    {
        sale.Property(s => s.Id).ValueGeneratedNever();
        sale.HasOne<Order>().WithOne().HasForeignKey<OrderSale>(s => s.Id);
        sale.HasOne<Customer>().WithMany().HasForeignKey(s => s.CustomerId);
        sale.HasOne<SalesRep>().WithMany().HasForeignKey(s => s.SalesRepId);
        sale.HasIndex(s => s.CustomerId);
        sale.HasIndex(s => s.SalesRepId);
        sale.ToTable(t => t.HasCheckConstraint("ck_order_sales_sale_total", "sale_total >= 0"));
    }

    public void Configure(EntityTypeBuilder<RfqRequest> request)
    {
        request.Property(r => r.Id).ValueGeneratedNever();
        request.Property(r => r.Number).HasMaxLength(30);
        request.Property(r => r.Title).HasMaxLength(200);
        request.Property(r => r.Note).HasMaxLength(2000);
        request.Property(r => r.DeclineReason).HasMaxLength(500);
        request.Property(r => r.LinesJson).HasColumnName("lines").HasColumnType("jsonb");
        request.HasOne<Customer>().WithMany().HasForeignKey(r => r.CustomerId);
        request.HasOne<SalesRep>().WithMany().HasForeignKey(r => r.SalesRepId);
        request.HasOne<Rfq>().WithMany().HasForeignKey(r => r.RfqId);
        request.HasIndex(r => r.Number).IsUnique();
        request.HasIndex(r => r.CustomerId);
        request.HasIndex(r => new { r.SalesRepId, r.Id });
        request.HasIndex(r => r.RfqId).IsUnique().HasFilter("rfq_id is not null");
        request.HasIndex(r => r.Id).HasDatabaseName("ix_rfq_requests_open").HasFilter("status = 'asked'");
        request.ToTable(t => t.HasCheckConstraint("ck_rfq_requests_rfq_id", "(status = 'taken') = (rfq_id is not null)"));
    }

    // The customer's side of an RFQ: the columns are the RFQ's own, what they point at is ours.
    public void Configure(EntityTypeBuilder<Rfq> rfq)
    {
        rfq.HasOne<Customer>().WithMany().HasForeignKey(r => r.CustomerId);
        rfq.HasOne<SalesRep>().WithMany().HasForeignKey(r => r.SalesRepId);
        rfq.HasIndex(r => r.CustomerId).HasFilter("customer_id is not null");
        rfq.HasIndex(r => r.SalesRepId).HasFilter("sales_rep_id is not null");
    }

    private static void Texts(PropertyBuilder<IReadOnlyList<string>> list) =>
        list.HasColumnType("jsonb").HasDefaultValueSql("'[]'").HasConversion(
            items => JsonSerializer.Serialize(items, JsonSerializerOptions.Web),
            json => JsonSerializer.Deserialize<List<string>>(json, JsonSerializerOptions.Web) ?? new List<string>(),
            new ValueComparer<IReadOnlyList<string>>(
                (a, b) => (a ?? Array.Empty<string>()).SequenceEqual(b ?? Array.Empty<string>()),
                items => items.Aggregate(0, (hash, item) => HashCode.Combine(hash, item)),
                items => items.ToList()));
}
