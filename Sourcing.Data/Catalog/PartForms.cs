using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog;

/// <summary>A part as it is typed. Shape only: what the database knows is checked by <see cref="PartService"/>.</summary>
public sealed class PartForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>Null for a new part.</summary>
    public Guid? Id { get; set; }

    public uint Version { get; set; }

    [Required(ErrorMessage = "Give the part a number."), StringLength(50, ErrorMessage = "The number is longer than 50 characters. Shorten it.")]
    public string Number { get; set; } = "";

    [Required(ErrorMessage = "Give the part a name."), StringLength(255, ErrorMessage = "The name is longer than 255 characters. Move the rest to the description.")]
    public string Name { get; set; } = "";

    [StringLength(4000, ErrorMessage = "The description is longer than 4,000 characters. Attach a file.")]
    public string Description { get; set; } = "";

    [Display(Name = "Kind")]
    public PartType Type { get; set; } = PartType.Component;

    [Display(Name = "Category")]
    public Guid? CategoryId { get; set; }

    [Display(Name = "Unit"), Required(ErrorMessage = "Choose the unit that quantities and prices are kept in.")]
    public Guid? UnitId { get; set; }

    [Display(Name = "Critical")]
    public bool IsCritical { get; set; }

    [Display(Name = "HS code"), RegularExpression(@"^[0-9.]{4,15}$", ErrorMessage = "An HS code has 4 to 12 digits, such as 8482.10.")]
    public string? HsCode { get; set; }

    [Display(Name = "Standard cost"), Range(0, 1e12, ErrorMessage = "The standard cost has to be 0 or more.")]
    public decimal? StandardCost { get; set; }

    [Display(Name = "Shelf life"), Range(1, 36500, ErrorMessage = "The shelf life has to be 1 to 36,500 days.")]
    public int? ShelfLifeDays { get; set; }

    public List<SpecificationForm> Specifications { get; set; } = [];

    public List<ConversionForm> Conversions { get; set; } = [];

    [Display(Name = "Cross-references")]
    public List<CrossReferenceForm> CrossReferences { get; set; } = [];

    /// <summary>The facts of the part itself.</summary>
    public PartFacts Facts() => new(Number, Name, Type, UnitId!.Value)
    {
        Description = Description ?? "", CategoryId = CategoryId, IsCritical = IsCritical, HsCode = HsCode, StandardCost = StandardCost, ShelfLifeDays = ShelfLifeDays,
        Specifications = [.. Specifications.Select(s => new Specification(s.Name ?? "", s.Kind, s.Value ?? "", s.Unit))],
    };
}

/// <inheritdoc cref="Specification"/>
public sealed class SpecificationForm
{
    public string Name { get; set; } = "";

    public SpecificationKind Kind { get; set; }

    public string Value { get; set; } = "";

    public string? Unit { get; set; }
}

/// <summary>What one of another unit holds.</summary>
public sealed class ConversionForm
{
    public Guid? UnitId { get; set; }

    public decimal? Factor { get; set; }
}

/// <inheritdoc cref="PartCrossReference"/>
public sealed class CrossReferenceForm
{
    /// <summary>Null for a new row.</summary>
    public Guid? Id { get; set; }

    public CrossReferenceKind Kind { get; set; }

    [StringLength(120, ErrorMessage = "The name is longer than 120 characters.")]
    public string PartyName { get; set; } = "";

    [StringLength(80, ErrorMessage = "The number is longer than 80 characters.")]
    public string Number { get; set; } = "";

    /// <summary>For an equivalent or successor that is in the catalog.</summary>
    public Guid? OtherPartId { get; set; }
}

/// <summary>One supplier's price for one part, as it is typed.</summary>
public sealed class SupplierPartForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>Null for a new price.</summary>
    public Guid? Id { get; set; }

    public uint Version { get; set; }

    [Display(Name = "Part"), Required(ErrorMessage = "Choose the part.")]
    public Guid? PartId { get; set; }

    [Display(Name = "Supplier"), Required(ErrorMessage = "Choose the supplier.")]
    public Guid? SupplierId { get; set; }

    [Display(Name = "Supplier's number"), StringLength(80, ErrorMessage = "The number is longer than 80 characters.")]
    public string? SupplierPartNumber { get; set; }

    [Display(Name = "Unit cost"), Required(ErrorMessage = "Say what one unit costs.")]
    public decimal? UnitCost { get; set; }

    [Required(ErrorMessage = "Choose the currency.")]
    public string Currency { get; set; } = "EUR";

    [Display(Name = "Minimum order")]
    public decimal? MoqQuantity { get; set; }

    [Display(Name = "Unit of the minimum")]
    public Guid? MoqUnitId { get; set; }

    [Display(Name = "Order multiple")]
    public decimal? OrderMultiple { get; set; }

    [Display(Name = "Lead time"), Required(ErrorMessage = "Say how many days it takes from order to delivery."), Range(0, 1000, ErrorMessage = "The lead time has to be 0 to 1,000 days.")]
    public int? LeadTimeDays { get; set; }

    [Display(Name = "Contract limit")]
    public decimal? ContractQuantityLimit { get; set; }

    [Display(Name = "Preferred supplier")]
    public bool Preferred { get; set; }

    [Display(Name = "Ordering cost")]
    public decimal OrderingCost { get; set; } = 100m;

    [Display(Name = "Holding cost rate")]
    public decimal HoldingCostRate { get; set; } = 0.25m;

    /// <summary>0 to 1; kept as it is by the editor, set by imports and scoring.</summary>
    public decimal? ReliabilityScore { get; set; }

    [Display(Name = "Valid from")]
    public DateOnly? ValidFrom { get; set; }

    [Display(Name = "Valid to")]
    public DateOnly? ValidTo { get; set; }

    [Display(Name = "Price breaks")]
    public List<BreakForm> Breaks { get; set; } = [];

    /// <summary>The terms; refuses a break without a quantity or a cost by its row.</summary>
    public SupplierPartTerms Terms()
    {
        for (var i = 0; i < Breaks.Count; i++)
        {
            if (Breaks[i].MinimumQuantity is null || Breaks[i].UnitCost is null)
            {
                throw new RefusedException($"Breaks[{i}].{(Breaks[i].MinimumQuantity is null ? "MinimumQuantity" : "UnitCost")}", $"Break {i + 1} is not complete. Fill in quantity and cost, or remove it.");
            }
        }

        return new(UnitCost!.Value, Currency)
        {
            SupplierPartNumber = SupplierPartNumber, MoqQuantity = MoqQuantity, MoqUnitId = MoqUnitId, OrderMultiple = OrderMultiple,
            LeadTimeDays = LeadTimeDays!.Value, ContractQuantityLimit = ContractQuantityLimit, Preferred = Preferred, OrderingCost = OrderingCost,
            HoldingCostRate = HoldingCostRate, ReliabilityScore = ReliabilityScore, ValidFrom = ValidFrom, ValidTo = ValidTo,
            Breaks = [.. Breaks.Select(b => new BreakTerms(b.MinimumQuantity!.Value, b.UnitCost!.Value))],
        };
    }
}

/// <inheritdoc cref="BreakTerms"/>
public sealed class BreakForm
{
    public decimal? MinimumQuantity { get; set; }

    public decimal? UnitCost { get; set; }
}

/// <summary>A unit as it is typed.</summary>
public sealed class UnitForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid? Id { get; set; }

    public uint Version { get; set; }

    [Required(ErrorMessage = "Give the unit its short form, such as kg."), StringLength(20, ErrorMessage = "The code is longer than 20 characters.")]
    public string Code { get; set; } = "";

    [Required(ErrorMessage = "Give the unit a name."), StringLength(60, ErrorMessage = "The name is longer than 60 characters.")]
    public string Name { get; set; } = "";

    [Display(Name = "Measures")]
    public Dimension Dimension { get; set; }

    [Required(ErrorMessage = "Say how many of the base unit one is.")]
    public decimal? Factor { get; set; } = 1;
}

/// <summary>A category as it is typed.</summary>
public sealed class CategoryForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid? Id { get; set; }

    public uint Version { get; set; }

    [Required(ErrorMessage = "Give the category a code."), StringLength(40, ErrorMessage = "The code is longer than 40 characters.")]
    public string Code { get; set; } = "";

    [Required(ErrorMessage = "Give the category a name."), StringLength(120, ErrorMessage = "The name is longer than 120 characters.")]
    public string Name { get; set; } = "";

    [Display(Name = "Within")]
    public Guid? ParentId { get; set; }
}
