using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sourcing.Data.Operations;

internal sealed class OperationsMapping :
    IEntityTypeConfiguration<AppUser>, IEntityTypeConfiguration<IdentityUserPasskey<Guid>>, IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<AuditEntry>, IEntityTypeConfiguration<FormKey>,
    IEntityTypeConfiguration<NumberSequence>, IEntityTypeConfiguration<SavedView>, IEntityTypeConfiguration<ExchangeRate>,
    IEntityTypeConfiguration<Attachment>, IEntityTypeConfiguration<Notification>, IEntityTypeConfiguration<OutboxMessage>,
    IEntityTypeConfiguration<JobRun>, IEntityTypeConfiguration<RegularRun>, IEntityTypeConfiguration<CompanySettings>
{
    public void Configure(EntityTypeBuilder<AppUser> user)
    {
        user.Property(u => u.FullName).HasMaxLength(120);
        user.Property(u => u.TimeZoneId).HasMaxLength(60);
        user.Property(u => u.CultureName).HasMaxLength(20);
        user.Property(u => u.ApprovalLimit).HasPrecision(18, 2);
        // Written with the session alone: an account that is saved brings no older moment back.
        user.Property(u => u.LastSignInAt).Metadata.SetAfterSaveBehavior(Microsoft.EntityFrameworkCore.Metadata.PropertySaveBehavior.Ignore);
    }

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> passkey)
    {
        passkey.ToTable("user_passkeys").HasKey(p => p.CredentialId);
        passkey.Property(p => p.CredentialId).HasMaxLength(1024);
        passkey.OwnsOne(p => p.Data).ToJson();
    }

    public void Configure(EntityTypeBuilder<Person> person) => person.ToView("people").HasKey(p => p.Id);

    // Partitioned by month, so made by script and not by migration.
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("audit_entries", t => t.ExcludeFromMigrations());
        entry.HasKey(e => e.Id);
    }

    public void Configure(EntityTypeBuilder<FormKey> form) => form.HasKey(f => f.Key);

    public void Configure(EntityTypeBuilder<NumberSequence> sequence)
    {
        sequence.HasKey(s => new { s.Kind, s.Year });
        sequence.Property(s => s.Kind).HasMaxLength(10);
    }

    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.Property(v => v.List).HasMaxLength(40);
        view.Property(v => v.Name).HasMaxLength(60);
        view.Property(v => v.Query).HasMaxLength(2000);
        view.HasIndex(v => new { v.OwnerId, v.List, v.Name }).IsUnique();
        view.HasIndex(v => v.List);
    }

    public void Configure(EntityTypeBuilder<ExchangeRate> rate)
    {
        rate.Property(r => r.Currency).HasMaxLength(3);
        rate.Property(r => r.Rate).HasPrecision(18, 8);
        rate.HasIndex(r => new { r.Currency, r.Day }).IsUnique();
        rate.ToTable(t => t.HasCheckConstraint("ck_exchange_rates_rate", "rate > 0"));
    }

    public void Configure(EntityTypeBuilder<Attachment> attachment)
    {
        attachment.Property(a => a.OwnerType).HasMaxLength(40);
        attachment.Property(a => a.FileName).HasMaxLength(255);
        attachment.Property(a => a.MediaType).HasMaxLength(120);
        attachment.Property(a => a.Sha256).HasMaxLength(64);
        attachment.HasIndex(a => new { a.OwnerType, a.OwnerId });
        attachment.HasIndex(a => a.SupplierId);
    }

    public void Configure(EntityTypeBuilder<Notification> notification)
    {
        notification.Property(n => n.Text).HasMaxLength(400);
        notification.Property(n => n.Link).HasMaxLength(300);
        notification.Property(n => n.Icon).HasMaxLength(40);
        notification.HasIndex(n => n.UserId).HasFilter("read_at is null").HasDatabaseName("ix_notifications_unread");
        notification.HasIndex(n => new { n.UserId, n.CreatedAt }).IsDescending(false, true);
    }

    public void Configure(EntityTypeBuilder<OutboxMessage> message)
    {
        message.Property(m => m.Recipient).HasMaxLength(320);
        message.Property(m => m.Subject).HasMaxLength(250);
        message.Property(m => m.EntityType).HasMaxLength(40);
        message.HasIndex(m => new { m.Status, m.NextAttemptAt });
        message.HasIndex(m => m.CreatedAt).IsDescending();
        message.Property(m => m.Link).HasMaxLength(500);
        message.Property(m => m.LinkText).HasMaxLength(80);
        message.Property(m => m.LastError).HasMaxLength(1000);
        message.HasIndex(m => new { m.EntityType, m.EntityId });
        message.HasIndex(m => m.AttachmentId);
        message.HasIndex(m => m.SupplierId);
    }

    public void Configure(EntityTypeBuilder<JobRun> run)
    {
        run.Property(r => r.Kind).HasMaxLength(40);
        run.Property(r => r.Title).HasMaxLength(200);
        run.Property(r => r.Message).HasMaxLength(1000);
        run.Property(r => r.ErrorId).HasMaxLength(20);
        run.Property(r => r.Progress).HasPrecision(5, 4);
        run.HasIndex(r => r.SubjectId);
        run.HasIndex(r => r.StartedBy);
        run.HasIndex(r => r.CreatedAt).IsDescending();
        run.HasIndex(r => new { r.Status, r.CreatedAt });
        run.ToTable(t => t.HasCheckConstraint("ck_job_runs_progress", "progress between 0 and 1"));
    }

    public void Configure(EntityTypeBuilder<RegularRun> run)
    {
        run.HasKey(r => r.Name);
        run.Property(r => r.Name).HasMaxLength(40);
        run.Property(r => r.Message).HasMaxLength(500);
        run.Property(r => r.ErrorId).HasMaxLength(20);
    }

    public void Configure(EntityTypeBuilder<CompanySettings> company)
    {
        company.Property(c => c.Name).HasMaxLength(120);
        company.Property(c => c.Address).HasMaxLength(400);
        company.Property(c => c.LogoText).HasMaxLength(24);
        company.Property(c => c.Email).HasMaxLength(200);
        company.Property(c => c.Phone).HasMaxLength(60);
        company.Property(c => c.TaxId).HasMaxLength(40);
        company.Property(c => c.OrderTerms).HasMaxLength(2000);
        company.Property(c => c.ReminderHours).HasMaxLength(40).HasDefaultValue("48");
    }
}
