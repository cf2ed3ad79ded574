using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Sales;

/// <summary>A customer as it is typed.</summary>
public sealed class CustomerForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; set; }

    public uint Version { get; set; }

    /// <summary>Empty for a new one: the next number is given.</summary>
    [StringLength(30, ErrorMessage = "The number is longer than 30 characters.")]
    public string Number { get; set; } = "";

    [Required(ErrorMessage = "Type the customer's name."), StringLength(255, ErrorMessage = "The name is longer than 255 characters.")]
    public string Name { get; set; } = "";

    public CustomerTier Tier { get; set; } = CustomerTier.Prospect;

    /// <summary>Who is responsible from today on; for a new customer whoever adds it, unless said otherwise. Read for those who may give customers away.</summary>
    [Display(Name = "Representative")]
    public Guid? SalesRepId { get; set; }

    [Display(Name = "E-mail"), RegularExpression(MailAddress.Shape, ErrorMessage = "This is not an e-mail address. Write it like name@firm.example."), StringLength(320, ErrorMessage = "The address is longer than 320 characters.")]
    public string Email { get; set; } = "";

    [Display(Name = "Telephone"), StringLength(40, ErrorMessage = "The number is longer than 40 characters.")]
    public string Phone { get; set; } = "";

    [StringLength(300, ErrorMessage = "The address is longer than 300 characters."), RegularExpression(@"^(https?://\S+)?$", ErrorMessage = "Write the address with https:// in front.")]
    public string Website { get; set; } = "";

    [Display(Name = "Postal address"), StringLength(500, ErrorMessage = "The address is longer than 500 characters.")]
    public string Address { get; set; } = "";

    [StringLength(80, ErrorMessage = "The country is longer than 80 characters.")]
    public string Country { get; set; } = "";

    [Required(ErrorMessage = "Choose the currency.")]
    public string Currency { get; set; } = "EUR";

    [Display(Name = "Payment terms"), StringLength(120, ErrorMessage = "The terms are longer than 120 characters.")]
    public string PaymentTerms { get; set; } = "";

    [Display(Name = "Tax number"), StringLength(40, ErrorMessage = "The number is longer than 40 characters.")]
    public string TaxId { get; set; } = "";

    [Display(Name = "Known elsewhere as")]
    public List<string> ExternalIds { get; set; } = [];

    [Display(Name = "Good to know"), StringLength(4000, ErrorMessage = "The text is longer than 4,000 characters. Attach a file.")]
    public string About { get; set; } = "";

    [Display(Name = "Active")]
    public bool IsActive { get; set; } = true;

    public List<CustomerContactForm> Contacts { get; set; } = [];

    /// <summary>The facts of the customer itself.</summary>
    public CustomerFacts Facts(string number) => new(number, Name, Tier)
    {
        Email = Email ?? "", Phone = Phone ?? "", Website = Website ?? "", Address = Address ?? "", Country = Country ?? "", Currency = Currency,
        PaymentTerms = PaymentTerms ?? "", TaxId = TaxId ?? "", ExternalIds = ExternalIds, About = About ?? "", IsActive = IsActive,
    };
}

/// <inheritdoc cref="CustomerContact"/>
public sealed class CustomerContactForm
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

    [Display(Name = "Called first")]
    public bool IsMain { get; set; }
}

/// <summary>Customers that go to somebody else.</summary>
public sealed class AssignForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public IReadOnlyList<Guid> Ids { get; set; } = [];

    /// <summary>Null for nobody.</summary>
    [Display(Name = "Representative")]
    public Guid? SalesRepId { get; set; }

    /// <summary>The first day on which the new one is responsible; null for today.</summary>
    [Display(Name = "From")]
    public DateOnly? From { get; set; }
}
