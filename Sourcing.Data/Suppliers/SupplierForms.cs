using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Suppliers;

/// <summary>A supplier as it is typed. Shape only: <see cref="SupplierRules"/> and <see cref="SupplierService"/> check the rest.</summary>
public sealed class SupplierForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>Null for a new supplier.</summary>
    public Guid? Id { get; set; }

    public uint Version { get; set; }

    [Required(ErrorMessage = "Give the supplier a code."), StringLength(50, ErrorMessage = "The code is longer than 50 characters.")]
    public string Code { get; set; } = "";

    [Required(ErrorMessage = "Give the supplier a name."), StringLength(255, ErrorMessage = "The name is longer than 255 characters.")]
    public string Name { get; set; } = "";

    [StringLength(80, ErrorMessage = "The category is longer than 80 characters.")]
    public string Category { get; set; } = "";

    [StringLength(80, ErrorMessage = "The region is longer than 80 characters.")]
    public string Region { get; set; } = "";

    [StringLength(80, ErrorMessage = "The country is longer than 80 characters.")]
    public string Country { get; set; } = "";

    [Display(Name = "Contact"), StringLength(120, ErrorMessage = "The name is longer than 120 characters.")]
    public string ContactName { get; set; } = "";

    [Display(Name = "E-mail"), RegularExpression(MailAddress.Shape, ErrorMessage = "This is not an e-mail address. Write it like name@firm.example."), StringLength(320, ErrorMessage = "The address is longer than 320 characters.")]
    public string Email { get; set; } = "";

    [Display(Name = "Telephone"), StringLength(40, ErrorMessage = "The number is longer than 40 characters.")]
    public string Phone { get; set; } = "";

    [StringLength(300, ErrorMessage = "The address is longer than 300 characters."), RegularExpression(@"^(https?://\S+)?$", ErrorMessage = "Write the address with https:// in front.")]
    public string Website { get; set; } = "";

    [Display(Name = "Postal address"), StringLength(500, ErrorMessage = "The address is longer than 500 characters.")]
    public string Address { get; set; } = "";

    [Display(Name = "Usual lead time"), Range(0, 1000, ErrorMessage = "The lead time has to be 0 to 1,000 days.")]
    public int? DefaultLeadTimeDays { get; set; }

    [Display(Name = "Risk")]
    public RiskLevel RiskLevel { get; set; }

    [Display(Name = "Active")]
    public bool IsActive { get; set; } = true;

    public List<string> Capabilities { get; set; } = [];

    public List<string> Materials { get; set; } = [];

    public List<string> Processes { get; set; } = [];

    [Display(Name = "Payment terms"), StringLength(120, ErrorMessage = "The terms are longer than 120 characters.")]
    public string PaymentTerms { get; set; } = "";

    [Required(ErrorMessage = "Choose the currency.")]
    public string Currency { get; set; } = "EUR";

    public string Incoterm { get; set; } = "";

    [Display(Name = "Tax number"), StringLength(40, ErrorMessage = "The number is longer than 40 characters.")]
    public string TaxId { get; set; } = "";

    [StringLength(4000, ErrorMessage = "The notes are longer than 4,000 characters. Attach a file.")]
    public string Notes { get; set; } = "";

    public List<ContactForm> Contacts { get; set; } = [];

    /// <summary>The facts of the supplier itself.</summary>
    public SupplierFacts Facts() => new(Code, Name, Currency)
    {
        Category = Category ?? "", Region = Region ?? "", Country = Country ?? "", ContactName = ContactName ?? "", Email = Email ?? "", Phone = Phone ?? "",
        Website = Website ?? "", Address = Address ?? "", DefaultLeadTimeDays = DefaultLeadTimeDays, RiskLevel = RiskLevel, IsActive = IsActive,
        Capabilities = Capabilities, Materials = Materials, Processes = Processes, PaymentTerms = PaymentTerms ?? "", Incoterm = Incoterm ?? "",
        TaxId = TaxId ?? "", Notes = Notes ?? "",
    };
}

/// <inheritdoc cref="SupplierContact"/>
public sealed class ContactForm
{
    /// <summary>Null for a new row.</summary>
    public Guid? Id { get; set; }

    [StringLength(120, ErrorMessage = "The name is longer than 120 characters.")]
    public string Name { get; set; } = "";

    [StringLength(80, ErrorMessage = "The role is longer than 80 characters.")]
    public string Role { get; set; } = "";

    public string Email { get; set; } = "";

    [StringLength(40, ErrorMessage = "The number is longer than 40 characters.")]
    public string Phone { get; set; } = "";

    [Display(Name = "Receives RFQs")]
    public bool ReceivesRfqs { get; set; } = true;
}

/// <summary>A block, or its end, as it is typed.</summary>
public sealed class BlockForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid Id { get; set; }

    public uint Version { get; set; }

    [Display(Name = "Blocked for")]
    public SupplierBlock BlockedFor { get; set; } = SupplierBlock.Rfq;

    [StringLength(500, ErrorMessage = "The reason is longer than 500 characters.")]
    public string Reason { get; set; } = "";
}
