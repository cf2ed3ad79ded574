using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>Who we are on paper: one row.</summary>
public sealed class CompanySettings
{
    /// <summary>The key of the one row.</summary>
    public static readonly Guid TheOne = Guid.Parse("00000000-0000-7000-8000-000000000002");

    private CompanySettings()
    {
    }

    public Guid Id { get; private set; }

    public uint Version { get; private set; }

    /// <summary>As printed at the head of a purchase order.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Lines of the postal address.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The words printed as a logo; one to three letters or a short name.</summary>
    public string LogoText { get; private set; } = "";

    public string Email { get; private set; } = "";

    public string Phone { get; private set; } = "";

    public string TaxId { get; private set; } = "";

    /// <summary>Printed at the foot of every purchase order.</summary>
    public string OrderTerms { get; private set; } = "";

    /// <summary>How many hours before an RFQ's deadline suppliers that have not answered are reminded: "48" or "72, 24"; empty for never.</summary>
    public string ReminderHours { get; private set; } = "48";

    /// <summary>The numbers in such a list: whole hours from 1 to 336, four at most.</summary>
    /// <exception cref="RefusedException">It is no such list.</exception>
    public static IReadOnlyList<int> Hours(string list)
    {
        var parts = list.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries);
        var hours = parts.Select(p => int.TryParse(p, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var hour) ? hour : 0).Distinct().ToList();
        return hours.Count <= 4 && hours.TrueForAll(h => h is >= 1 and <= 336)
            ? hours
            : throw new RefusedException(nameof(ReminderHours), "Write whole hours from 1 to 336, at most four of them, such as \"72, 24\". Leave it empty for no reminders.");
    }

    /// <summary>Replaces everything.</summary>
    public void Change(CompanyForm form) =>
        (Name, Address, LogoText, Email, Phone, TaxId, OrderTerms, ReminderHours) =
        (form.Name.Trim(), form.Address.Trim(), form.LogoText.Trim(), form.Email.Trim(), form.Phone.Trim(), form.TaxId.Trim(), form.OrderTerms.Trim(), string.Join(", ", Hours(form.ReminderHours)));
}

/// <summary>What an admin says about the company.</summary>
public sealed class CompanyForm : IForm, IValidatableObject
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    public uint Version { get; set; }

    [Required(ErrorMessage = "Say the company's name as it is printed on purchase orders.")]
    [StringLength(120, ErrorMessage = "At most 120 characters.")]
    public string Name { get; set; } = "";

    [StringLength(400, ErrorMessage = "At most 400 characters.")]
    public string Address { get; set; } = "";

    [StringLength(24, ErrorMessage = "At most 24 characters.")]
    public string LogoText { get; set; } = "";

    [StringLength(200, ErrorMessage = "At most 200 characters.")]
    public string Email { get; set; } = "";

    [StringLength(60, ErrorMessage = "At most 60 characters.")]
    public string Phone { get; set; } = "";

    [StringLength(40, ErrorMessage = "At most 40 characters.")]
    public string TaxId { get; set; } = "";

    [StringLength(2000, ErrorMessage = "At most 2000 characters.")]
    public string OrderTerms { get; set; } = "";

    /// <summary>Hours before the deadline, between commas.</summary>
    [StringLength(40, ErrorMessage = "At most four numbers of hours, such as \"72, 24\".")]
    public string ReminderHours { get; set; } = "48";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Email.Trim().Length > 0 && !System.Net.Mail.MailAddress.TryCreate(Email.Trim(), out _))
        {
            yield return new($"\"{Email.Trim()}\" is not an e-mail address. Write it like desk@example.test or leave it empty.", [nameof(Email)]);
        }
    }
}

/// <summary>The company's own particulars: everybody signed in may know them, admins change them.</summary>
public sealed class CompanyService(Database database, CurrentUser user)
{
    /// <summary>The one row, for printing: within a transaction that is already open.</summary>
    public static Task<CompanySettings> OfAsync(SourcingDb db, CancellationToken ct) =>
        db.CompanySettings.AsNoTracking().SingleAsync(c => c.Id == CompanySettings.TheOne, ct);

    /// <summary>A form filled with what is so.</summary>
    public Task<CompanyForm> OpenAsync(CancellationToken ct)
    {
        user.Demand(Permission.SettingsManage);
        return database.ReadAsync(
            async (db, token) =>
            {
                var company = await OfAsync(db, token);
                return new CompanyForm
                {
                    Version = company.Version, Name = company.Name, Address = company.Address, LogoText = company.LogoText,
                    Email = company.Email, Phone = company.Phone, TaxId = company.TaxId, OrderTerms = company.OrderTerms, ReminderHours = company.ReminderHours,
                };
            },
            ct);
    }

    /// <summary>Saves the form.</summary>
    public Task SaveAsync(CompanyForm form, CancellationToken ct)
    {
        user.Demand(Permission.SettingsManage);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var company = await db.CompanySettings.SingleAsync(c => c.Id == CompanySettings.TheOne, token);
                db.Entry(company).Property(c => c.Version).OriginalValue = form.Version;
                company.Change(form);
                await db.SaveChangesAsync(token);
                return company.Id;
            },
            ct);
    }
}
